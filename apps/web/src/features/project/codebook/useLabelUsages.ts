// How much each label is used: counted when the codebook is opened, changes or is come back to.
import { useQuery } from "@apollo/client/react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useOnReturn } from "../../../frame/useOnReturn.ts";
import type { LabelUsagesQuery } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import type { Label } from "./codebook-writes.ts";

export const LABEL_USAGES = graphql(`
  query LabelUsages($projectId: ID!) {
    project(id: $projectId) {
      id
      labels {
        id
        usage {
          annotationCount
          documentCount
          annotatorCount
          emptyAttributes {
            key
            annotationCount
          }
        }
      }
    }
  }
`);

export type LabelUsage = NonNullable<LabelUsagesQuery["project"]>["labels"][number]["usage"];

/** By label; empty until they are known. */
export function useLabelUsages(
  projectId: string,
  labels: readonly Label[],
  openId: string | null,
): ReadonlyMap<string, LabelUsage> {
  // not kept: a label in the cache is what it says, not how much it is used
  const { data, previousData, refetch } = useQuery(LABEL_USAGES, {
    variables: { projectId },
    fetchPolicy: "no-cache",
  });
  const count = useCallback(() => void refetch().catch(() => undefined), [refetch]);
  useOnReturn(count);
  const reason = `${openId} ${labels.map(({ id, version }) => `${id} ${version}`).join(" ")}`;
  const counted = useRef(reason);
  useEffect(() => {
    if (counted.current === reason) return;
    counted.current = reason;
    count();
  }, [reason, count]);
  const known = data ?? previousData;
  return useMemo(() => new Map(known?.project?.labels.map(({ id, usage }) => [id, usage])), [known]);
}
