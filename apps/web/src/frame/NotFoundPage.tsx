// An address that leads nowhere.
import { Button } from "@mantine/core";
import { Link } from "react-router";
import { usePageTitle } from "../ui/usePageTitle.ts";
import { BlankPage } from "./BlankPage.tsx";
import { NotFound } from "./NotFound.tsx";

export function NotFoundPage() {
  usePageTitle("Not found");
  return (
    <BlankPage>
      <NotFound
        title="There is no page here"
        action={
          <Button component={Link} to="/" variant="default">
            Projects
          </Button>
        }
      >
        The address may be mistyped, or what it named has been deleted.
      </NotFound>
    </BlankPage>
  );
}
