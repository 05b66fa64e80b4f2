// An address that leads nowhere.
import { Button } from "@mantine/core";
import { Link } from "react-router";
import { usePageTitle } from "../ui/usePageTitle.ts";
import { t } from "../words/words.ts";
import { BlankPage } from "./BlankPage.tsx";
import { NotFound } from "./NotFound.tsx";

export function NotFoundPage() {
  usePageTitle(t("frame:notFound.pageTitle"));
  return (
    <BlankPage>
      <NotFound
        title={t("frame:notFound.title")}
        action={
          <Button component={Link} to="/" variant="default">
            {t("page.projects")}
          </Button>
        }
      >
        {t("frame:notFound.words")}
      </NotFound>
    </BlankPage>
  );
}
