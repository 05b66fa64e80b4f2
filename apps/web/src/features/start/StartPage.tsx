// First start, by the one-time link: makes the person at the screen the first owner, then opens the first project.
import { useApolloClient, useMutation, useQuery } from "@apollo/client/react";
import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { describeError, type ShownError } from "../../apollo/error-message.ts";
import { askForFirstSteps } from "../../frame/first-steps.ts";
import { ViewerDocument } from "../../frame/viewer.ts";
import { graphql } from "../../gql/index.ts";
import { InlineError } from "../../ui/ErrorState.tsx";
import { usePageTitle } from "../../ui/usePageTitle.ts";
import { t } from "../../words/words.ts";
import { AccountForm } from "./AccountForm.tsx";
import type { Account } from "./account-form.ts";
import { StartLayout } from "./StartLayout.tsx";

const SetUpLinkDocument = graphql(`
  query SetUpLink($token: String!) {
    setUpLinkWorks(token: $token)
  }
`);

const SetUpOwnerDocument = graphql(`
  mutation SetUpOwner($input: SetUpOwnerInput!) {
    setUpOwner(input: $input) {
      user {
        id
        name
      }
    }
  }
`);

const FirstProjectDocument = graphql(`
  query FirstProject {
    projects(first: 1) {
      nodes {
        id
      }
    }
  }
`);

export function StartPage() {
  usePageTitle(t("start:firstStart.pageTitle"));
  const token = useLocation().hash.slice(1);
  const { data, error } = useQuery(SetUpLinkDocument, {
    variables: { token },
    fetchPolicy: "network-only",
    context: { public: true },
  });
  if (error) {
    const { message, requestId } = describeError(error);
    return (
      <StartLayout title={t("start:firstStart.title")} lead={t("start:firstStart.uncheckedLead")}>
        <InlineError message={message} requestId={requestId} />
      </StartLayout>
    );
  }
  if (data && !data.setUpLinkWorks) {
    return (
      <StartLayout title={t("start:firstStart.usedTitle")} lead={t("start:firstStart.usedLead")}>
        <Button component={Link} to="/sign-in" size="md">
          {t("action.signIn")}
        </Button>
      </StartLayout>
    );
  }
  return (
    <StartLayout withSteps title={t("start:firstStart.title")} lead={t("start:firstStart.lead")}>
      {data ? <FirstOwner token={token} /> : <Skeleton height={306} />}
    </StartLayout>
  );
}

function FirstOwner({ token }: { readonly token: string }) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const [setUpOwner, { loading }] = useMutation(SetUpOwnerDocument);
  const [problem, setProblem] = useState<ShownError | null>(null);
  const begin = async (account: Account) => {
    setProblem(null);
    try {
      await setUpOwner({ variables: { input: { token, ...account } }, context: { public: true } });
      await client.query({ query: ViewerDocument, fetchPolicy: "network-only" });
      const { data } = await client.query({ query: FirstProjectDocument, fetchPolicy: "network-only" });
      askForFirstSteps();
      const first = data?.projects.nodes[0];
      // Replaces the link in the history: it works no more.
      await navigate(first ? `/projects/${first.id}` : "/", { replace: true });
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  return (
    <AccountForm
      submitLabel={t("start:firstStart.begin")}
      busy={loading}
      error={problem}
      onSubmit={(account) => void begin(account)}
    />
  );
}
