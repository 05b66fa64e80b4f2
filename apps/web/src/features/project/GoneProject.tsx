// The project was taken away while it was open: deleted, or one is no longer a member.
import { Button } from "@mantine/core";
import { Link } from "react-router";
import { BlankPage } from "../../frame/BlankPage.tsx";
import { NotFound } from "../../frame/NotFound.tsx";
import { KeptText } from "../../ui/KeptText.tsx";
import { t } from "../../words/words.ts";
import { unsavedGuidelines } from "./guidelines/unsaved-guidelines.ts";

export function GoneProject({ projectId }: { readonly projectId: string }) {
  const unsaved = unsavedGuidelines.get(projectId);
  return (
    <BlankPage>
      <div role="alert">
        <NotFound
          title={t("project:gone.title")}
          action={
            <>
              {unsaved !== undefined && (
                <KeptText label={t("project:gone.guidelines")} text={unsaved} fileName="guidelines.md" />
              )}
              <Button component={Link} to="/" variant="default">
                {t("page.projects")}
              </Button>
            </>
          }
        >
          {t("project:gone.words")}
        </NotFound>
      </div>
    </BlankPage>
  );
}
