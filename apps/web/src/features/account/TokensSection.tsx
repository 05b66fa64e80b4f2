// What scripts sign in with in one's name.
import { useApolloClient, useMutation, useQuery } from "@apollo/client/react";
import { Button, Skeleton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../apollo/error-message.ts";
import { useOnReturn } from "../../frame/useOnReturn.ts";
import type { AccessTokensQuery } from "../../gql/graphql.ts";
import { graphql } from "../../gql/index.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { RelativeTime, ShortDay } from "../../ui/RelativeTime.tsx";
import classes from "./AccountPage.module.css";
import { NewTokenDialog } from "./NewTokenDialog.tsx";

const AccessTokensDocument = graphql(`
  query AccessTokens {
    accessTokens {
      id
      name
      createdAt
      lastUsedAt
      expiresAt
    }
  }
`);

const RevokeAccessTokenDocument = graphql(`
  mutation RevokeAccessToken($input: RevokeAccessTokenInput!) {
    revokeAccessToken(input: $input) {
      id
    }
  }
`);

type Token = AccessTokensQuery["accessTokens"][number];

export function TokensSection() {
  const { data, error, refetch } = useQuery(AccessTokensDocument, { fetchPolicy: "cache-and-network" });
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  // Silent: a list that could not be brought up to date is still the list.
  const reload = () => void refetch().catch(() => undefined);
  useOnReturn(reload);
  const tokens = data?.accessTokens;
  return (
    <section className={classes.section} aria-labelledby="tokens">
      <div className={classes.head}>
        <h2 id="tokens">Access tokens</h2>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.5} />}
          onClick={() => setMaking(true)}
        >
          New token
        </Button>
      </div>
      {error && !tokens && (
        <ErrorState {...describeError(error)} title="The tokens could not be read" onRetry={reload} />
      )}
      {!error && !tokens && <Skeleton height={56} my={8} />}
      {tokens?.length === 0 && (
        <p className={classes.note}>
          None yet. With a token a script does in your name what you may do yourself, in all your projects.
        </p>
      )}
      <ul>
        {tokens?.map((token) => (
          <li key={token.id} className={classes.row}>
            <div>
              <p dir="auto">{token.name}</p>
              <p className={classes.facts}>
                <span>
                  made <RelativeTime at={token.createdAt} ago />
                </span>
                <span>
                  {token.lastUsedAt ? (
                    <>
                      last used <RelativeTime at={token.lastUsedAt} ago />
                    </>
                  ) : (
                    "never used"
                  )}
                </span>
                <Expiry at={token.expiresAt} />
              </p>
            </div>
            <Button variant="subtle" aria-label={`Revoke ${token.name}`} onClick={() => setRevoking(token)}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {isMaking && <NewTokenDialog onMade={reload} onClose={() => setMaking(false)} />}
      {revoking && <RevokeDialog token={revoking} onClose={() => setRevoking(null)} />}
    </section>
  );
}

function Expiry({ at }: { readonly at: string | null | undefined }) {
  if (!at) return <span>never expires</span>;
  return (
    <span>
      {new Date(at) <= new Date() ? "expired" : "expires"} <ShortDay at={at} />
    </span>
  );
}

function RevokeDialog({ token, onClose }: { readonly token: Token; readonly onClose: () => void }) {
  const client = useApolloClient();
  const [clientMutationId] = useState(() => uuidv7());
  const [revoke, { loading, error }] = useMutation(RevokeAccessTokenDocument);
  const confirm = async () => {
    try {
      await revoke({ variables: { input: { clientMutationId, id: token.id } } });
    } catch {
      return; // Shown in the dialog, from the mutation's own state.
    }
    await client.refetchQueries({ include: [AccessTokensDocument] }).catch(() => undefined);
    onClose();
  };
  return (
    <ConfirmDialog
      title="Revoke this token?"
      confirmLabel="Revoke"
      busy={loading}
      error={error ? describeError(error) : null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        Scripts that use <b dir="auto">{token.name}</b> are refused from now on. This can’t be undone.
      </p>
    </ConfirmDialog>
  );
}
