// An invitation: says to what and as what, then joins with the account at hand or a new one.
import { useApolloClient, useMutation, useQuery } from "@apollo/client/react";
import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { signOut } from "../../apollo/auth.ts";
import { describeError, type ShownError } from "../../apollo/error-message.ts";
import { signInAddress } from "../../frame/return-address.ts";
import { roleMeaning, roleWithArticle } from "../../frame/role.ts";
import { ViewerDocument } from "../../frame/viewer.ts";
import type { InvitationQuery } from "../../gql/graphql.ts";
import { graphql } from "../../gql/index.ts";
import { InlineError } from "../../ui/ErrorState.tsx";
import { dayAndTime } from "../../ui/relative-time.ts";
import { usePageTitle } from "../../ui/usePageTitle.ts";
import { t } from "../../words/words.ts";
import { AccountForm } from "./AccountForm.tsx";
import type { Account } from "./account-form.ts";
import classes from "./StartLayout.module.css";
import { StartLayout } from "./StartLayout.tsx";

const InvitationDocument = graphql(`
  query Invitation($token: String!) {
    invitation(token: $token) {
      projectName
      role
      expiresAt
    }
    viewer {
      id
      name
      email
      createsProjects
      hasPassword
      isFirstOwner
    }
  }
`);

const AcceptInvitationDocument = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      project {
        id
      }
    }
  }
`);

export function JoinPage() {
  const location = useLocation();
  const token = location.hash.slice(1);
  const { data, error, refetch } = useQuery(InvitationDocument, {
    variables: { token },
    fetchPolicy: "network-only",
    context: { public: true },
  });
  usePageTitle(
    data?.invitation
      ? t("start:join.pageTitle", { project: data.invitation.projectName })
      : t("start:join.invitation"),
  );
  if (error) {
    const { message, requestId } = describeError(error);
    return (
      <StartLayout title={t("start:join.invitation")} lead={t("start:join.unreadLead")}>
        <InlineError message={message} requestId={requestId} />
      </StartLayout>
    );
  }
  if (!data) {
    return (
      <StartLayout title={t("start:join.invitation")} lead={<Skeleton height={44} />}>
        <Skeleton height={240} />
      </StartLayout>
    );
  }
  if (!data.invitation) {
    return (
      <StartLayout title={t("start:join.usedTitle")} lead={t("start:join.usedLead")}>
        <Button component={Link} to={data.viewer ? "/" : "/sign-in"} size="md">
          {data.viewer ? t("start:join.yourProjects") : t("action.signIn")}
        </Button>
      </StartLayout>
    );
  }
  return (
    <Accept
      token={token}
      invitation={data.invitation}
      viewer={data.viewer}
      onSignedOut={() => void refetch()}
    />
  );
}

interface AcceptProps {
  readonly token: string;
  readonly invitation: NonNullable<InvitationQuery["invitation"]>;
  readonly viewer: InvitationQuery["viewer"];
  readonly onSignedOut: () => void;
}

function Accept({ token, invitation, viewer, onSignedOut }: AcceptProps) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const location = useLocation();
  const [accept, { loading }] = useMutation(AcceptInvitationDocument);
  const [problem, setProblem] = useState<ShownError | null>(null);
  const join = async (account?: Account) => {
    setProblem(null);
    try {
      const { data } = await accept({
        variables: { input: { token, ...account } },
        context: { public: true },
      });
      await client.clearStore();
      await client.query({ query: ViewerDocument, fetchPolicy: "network-only" });
      await navigate(data ? `/projects/${data.acceptInvitation.project.id}` : "/", { replace: true });
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  const leave = async () => {
    try {
      await signOut();
      onSignedOut();
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  const title = t("start:join.title", { project: invitation.projectName });
  const lead = (
    <>
      {t("start:join.lead", { role: roleWithArticle(invitation.role) })} {roleMeaning(invitation.role)}
    </>
  );
  const until = t("start:join.until", { time: dayAndTime(new Date(invitation.expiresAt)) });
  if (viewer) {
    return (
      <StartLayout title={title} lead={lead}>
        {problem && (
          <div className={classes.problem}>
            <InlineError message={problem.message} requestId={problem.requestId} />
          </div>
        )}
        <div className={classes.buttons}>
          <Button size="md" loading={loading} onClick={() => void join()}>
            {t("start:join.joinAs", { name: viewer.name })}
          </Button>
          <Button size="md" variant="subtle" onClick={() => void leave()}>
            {t("start:join.notMe")}
          </Button>
        </div>
        <p className={classes.hint}>{until}</p>
      </StartLayout>
    );
  }
  return (
    <StartLayout title={title} lead={lead}>
      <AccountForm
        submitLabel={t("start:join.join")}
        busy={loading}
        error={problem}
        onSubmit={(account) => void join(account)}
        beside={
          <Button component={Link} to={signInAddress(location)} size="md" variant="subtle">
            {t("start:join.haveAccount")}
          </Button>
        }
      />
      <p className={classes.hint}>{until}</p>
    </StartLayout>
  );
}
