// One's own account: who one is here, how one signs in, how the product looks, what scripts use, and its end.
import { TopBar } from "../../frame/TopBar.tsx";
import { useViewer } from "../../frame/viewer.ts";
import { usePageTitle } from "../../ui/usePageTitle.ts";
import { t } from "../../words/words.ts";
import classes from "./AccountPage.module.css";
import { AppearanceSection } from "./AppearanceSection.tsx";
import { DeleteSection } from "./DeleteSection.tsx";
import { PasswordSection } from "./PasswordSection.tsx";
import { ProfileSection } from "./ProfileSection.tsx";
import { SessionsSection } from "./SessionsSection.tsx";
import { TokensSection } from "./TokensSection.tsx";

export function AccountPage() {
  usePageTitle(t("page.account"));
  const viewer = useViewer();
  return (
    <>
      <TopBar crumbs={[{ label: t("page.account") }]} />
      <main id="main" className={classes.main}>
        <h1>{t("page.account")}</h1>
        <ProfileSection />
        {viewer.hasPassword && (
          <>
            <PasswordSection />
            <SessionsSection />
          </>
        )}
        <AppearanceSection />
        <TokensSection />
        <DeleteSection />
      </main>
    </>
  );
}
