// The session ended while a page is open: signs in again on top of it, so that nothing on the page is lost. Another tab
// may have done so already.
import { useApolloClient } from "@apollo/client/react";
import { Button, Modal, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useCallback, useEffect, useState } from "react";
import { signIn } from "../apollo/auth.ts";
import { markSessionFound } from "../apollo/session.ts";
import { InlineError } from "../ui/ErrorState.tsx";
import { t } from "../words/words.ts";
import classes from "./SignInAgain.module.css";
import { useOnReturn } from "./useOnReturn.ts";
import { type Viewer, ViewerDocument } from "./viewer.ts";

export function SignInAgain({ viewer }: { readonly viewer: Viewer }) {
  const client = useApolloClient();
  const [email, setEmail] = useState(viewer.email ?? "");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  // Asked only when the server has been: who is signed in after all must not have the keyboard taken away.
  const [hasLooked, setHasLooked] = useState(false);

  const resume = async () => {
    const { data } = await client.query({ query: ViewerDocument, fetchPolicy: "network-only" });
    // Somebody else's page must not stay behind what the new person may see.
    if (data?.viewer?.id !== viewer.id) return location.assign("/");
    markSessionFound();
    await client.refetchQueries({ include: "active" });
  };
  const look = useCallback(async () => {
    const { data } = await client.query({
      query: ViewerDocument,
      // Not into the cache: that nobody is signed in is not for the page below.
      fetchPolicy: "no-cache",
      context: { public: true },
    });
    if (data?.viewer?.id !== viewer.id) return;
    markSessionFound();
    await client.refetchQueries({ include: "active" });
  }, [client, viewer.id]);
  // Silent: where nothing can be found out, one signs in by hand.
  const tryToFind = useCallback(
    () =>
      void look()
        .catch(() => undefined)
        .finally(() => setHasLooked(true)),
    [look],
  );
  useEffect(tryToFind, [tryToFind]);
  useOnReturn(tryToFind);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const result = await signIn(email, password);
    if (result.ok) await resume();
    else setProblem(result.message);
    setBusy(false);
  };
  return (
    <Modal
      opened={hasLooked}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t("frame:signInAgain.title")}
      size={400}
    >
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <p>{t("frame:signInAgain.lead")}</p>
        <TextInput
          label={t("field.email")}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("field.password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {problem && <InlineError message={problem} />}
        <div className={classes.buttons}>
          <Button type="submit" loading={isBusy}>
            {t("action.signIn")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
