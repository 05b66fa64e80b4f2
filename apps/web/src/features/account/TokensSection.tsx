// What scripts sign in with in one's name.
import { useApolloClient, useMutation, useQuery } from "@apollo/client/react";
import { Button, Skeleton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { Trans } from "react-i18next";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../apollo/error-message.ts";
import { useOnReturn } from "../../frame/useOnReturn.ts";
import type { AccessTokensQuery } from "../../gql/graphql.ts";
import { graphql } from "../../gql/index.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { RelativeTime, ShortDay } from "../../ui/RelativeTime.tsx";
import { t } from "../../words/words.ts";
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
        <h2 id="tokens">{t("account:tokens.title")}</h2>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.5} />}
          onClick={() => setMaking(true)}
        >
          {t("account:tokens.new")}
        </Button>
      </div>
      {error && !tokens && (
        <ErrorState {...describeError(error)} title={t("account:tokens.unread")} onRetry={reload} />
      )}
      {!error && !tokens && <Skeleton height={56} my={8} />}
      {tokens?.length === 0 && <p className={classes.note}>{t("account:tokens.none")}</p>}
      <ul>
        {tokens?.map((token) => (
          <li key={token.id} className={classes.row}>
            <div>
              <p dir="auto">{token.name}</p>
              <p className={classes.facts}>
                <span>
                  <Trans
                    t={t}
                    i18nKey="account:tokens.made"
                    components={{ time: <RelativeTime at={token.createdAt} ago /> }}
                  />
                </span>
                <span>
                  {token.lastUsedAt ? (
                    <Trans
                      t={t}
                      i18nKey="account:tokens.lastUsed"
                      components={{ time: <RelativeTime at={token.lastUsedAt} ago /> }}
                    />
                  ) : (
                    t("account:tokens.neverUsed")
                  )}
                </span>
                <Expiry at={token.expiresAt} />
              </p>
            </div>
            <Button
              variant="subtle"
              aria-label={t("account:tokens.revokeNamed", { name: token.name })}
              onClick={() => setRevoking(token)}
            >
              {t("account:tokens.revoke")}
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
  if (!at) return <span>{t("account:tokens.neverExpires")}</span>;
  const key = new Date(at) <= new Date() ? "account:tokens.expired" : "account:tokens.expires";
  return (
    <span>
      <Trans t={t} i18nKey={key} components={{ day: <ShortDay at={at} /> }} />
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
      title={t("account:tokens.revokeTitle")}
      confirmLabel={t("account:tokens.revoke")}
      busy={loading}
      error={error ? describeError(error) : null}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        <Trans
          t={t}
          i18nKey="account:tokens.revokeWords"
          components={{ name: <b dir="auto">{token.name}</b> }}
        />
      </p>
    </ConfirmDialog>
  );
}
