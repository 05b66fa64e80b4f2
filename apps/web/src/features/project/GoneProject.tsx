// The project was taken away while it was open: deleted, or one is no longer a member.
import { Button } from "@mantine/core";
import { Link } from "react-router";
import { BlankPage } from "../../frame/BlankPage.tsx";
import { NotFound } from "../../frame/NotFound.tsx";
import { KeptText } from "../../ui/KeptText.tsx";
import { unsavedGuidelines } from "./guidelines/unsaved-guidelines.ts";

export function GoneProject({ projectId }: { readonly projectId: string }) {
  const unsaved = unsavedGuidelines.get(projectId);
  return (
    <BlankPage>
      <div role="alert">
        <NotFound
          title="You no longer have access"
          action={
            <>
              {unsaved !== undefined && (
                <KeptText label="Guidelines you had not saved" text={unsaved} fileName="guidelines.md" />
              )}
              <Button component={Link} to="/" variant="default">
                Projects
              </Button>
            </>
          }
        >
          This project was deleted while it was open here, or you are no longer a member. What you marked
          stays in it, under your name.
        </NotFound>
      </div>
    </BlankPage>
  );
}
