// A page that broke. The rest of the product still works; the error is shown as far as it can help.
import { Button } from "@mantine/core";
import { Trans } from "react-i18next";
import { isRouteErrorResponse, Link, useRouteError } from "react-router";
import { describeError } from "../apollo/error-message.ts";
import { usePageTitle } from "../ui/usePageTitle.ts";
import { t } from "../words/words.ts";
import { BlankPage } from "./BlankPage.tsx";
import { NotFound } from "./NotFound.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";

function isStaleBuild(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
}

export function RouteError() {
  const error = useRouteError();
  usePageTitle(t("frame:broken.pageTitle"));
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  const reload = (
    <Button variant="default" onClick={() => location.reload()}>
      {t("frame:broken.reload")}
    </Button>
  );
  return (
    <BlankPage>
      {isStaleBuild(error) ? (
        <NotFound title={t("frame:broken.staleTitle")} action={reload}>
          {t("frame:broken.staleWords")}
        </NotFound>
      ) : (
        <NotFound title={t("frame:broken.title")} action={reload}>
          <Trans
            t={t}
            i18nKey="frame:broken.words"
            components={{ reason: <>{describeError(error).message}</>, projects: <Link to="/" /> }}
          />
        </NotFound>
      )}
    </BlankPage>
  );
}
