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
  usePageTitle(data?.invitation ? `Join ${data.invitation.projectName}` : "Invitation");
  if (error) {
    const { message, requestId } = describeError(error);
    return (
      <StartLayout title="Invitation" lead="The invitation could not be read.">
        <InlineError message={message} requestId={requestId} />
      </StartLayout>
    );
  }
  if (!data) {
    return (
      <StartLayout title="Invitation" lead={<Skeleton height={44} />}>
        <Skeleton height={240} />
      </StartLayout>
    );
  }
  if (!data.invitation) {
    return (
      <StartLayout
        title="This invitation works no more"
        lead="It has been used or has expired, or the link is not complete. Ask the person who sent it for a new one."
      >
        <Button component={Link} to={data.viewer ? "/" : "/sign-in"} size="md">
          {data.viewer ? "Your projects" : "Sign in"}
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
  const lead = (
    <>
      You are invited as {roleWithArticle(invitation.role)}. {roleMeaning(invitation.role)}
    </>
  );
  const until = <>The invitation works once, until {dayAndTime(new Date(invitation.expiresAt), "en-GB")}.</>;
  if (viewer) {
    return (
      <StartLayout title={`Join “${invitation.projectName}”`} lead={lead}>
        {problem && (
          <div className={classes.problem}>
            <InlineError message={problem.message} requestId={problem.requestId} />
          </div>
        )}
        <div className={classes.buttons}>
          <Button size="md" loading={loading} onClick={() => void join()}>
            Join as {viewer.name}
          </Button>
          <Button size="md" variant="subtle" onClick={() => void leave()}>
            That is not me
          </Button>
        </div>
        <p className={classes.hint}>{until}</p>
      </StartLayout>
    );
  }
  return (
    <StartLayout title={`Join “${invitation.projectName}”`} lead={lead}>
      <AccountForm
        submitLabel="Join"
        busy={loading}
        error={problem}
        onSubmit={(account) => void join(account)}
        beside={
          <Button component={Link} to={signInAddress(location)} size="md" variant="subtle">
            I have an account
          </Button>
        }
      />
      <p className={classes.hint}>{until}</p>
    </StartLayout>
  );
}
