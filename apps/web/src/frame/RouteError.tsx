// A page that broke. The rest of the product still works; the error is shown as far as it can help.
import { Button } from "@mantine/core";
import { isRouteErrorResponse, Link, useRouteError } from "react-router";
import { describeError } from "../apollo/error-message.ts";
import { usePageTitle } from "../ui/usePageTitle.ts";
import { BlankPage } from "./BlankPage.tsx";
import { NotFound } from "./NotFound.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";

function isStaleBuild(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
}

export function RouteError() {
  const error = useRouteError();
  usePageTitle("Something broke");
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  const reload = (
    <Button variant="default" onClick={() => location.reload()}>
      Load the page again
    </Button>
  );
  return (
    <BlankPage>
      {isStaleBuild(error) ? (
        <NotFound title="This page could not be loaded" action={reload}>
          The server may be restarting or have a newer version. Nothing you saved is affected.
        </NotFound>
      ) : (
        <NotFound title="This page broke" action={reload}>
          {describeError(error).message} Nothing you saved is affected.{" "}
          <Link to="/">Go to the projects.</Link>
        </NotFound>
      )}
    </BlankPage>
  );
}
