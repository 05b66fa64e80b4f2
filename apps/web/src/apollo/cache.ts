// The cache's policies, all in one place: entities by id, connections as growing lists.
import { type FieldPolicy, InMemoryCache, type Reference } from "@apollo/client/cache";

interface CachedEdge {
  readonly node?: Reference;
}

interface CachedConnection {
  readonly nodes?: readonly Reference[];
  readonly edges?: readonly CachedEdge[];
}

function appendNew<T>(
  present: readonly T[] = [],
  incoming: readonly T[] = [],
  keyOf: (item: T) => string | undefined,
) {
  const known = new Set(present.map(keyOf));
  return [...present, ...incoming.filter((item) => !known.has(keyOf(item)))];
}

/** A page asked for with `after` is added to what is there, anything else replaces it. `keyArgs` tell lists apart. */
function connection(keyArgs: string[] | false): FieldPolicy<CachedConnection> {
  return {
    keyArgs,
    merge(present, incoming, { args }) {
      // A selection of `totalCount` alone must not drop the nodes that another one has read.
      if (!args?.after) return { ...present, ...incoming };
      return {
        ...present,
        ...incoming,
        ...(incoming.nodes && { nodes: appendNew(present?.nodes, incoming.nodes, (node) => node.__ref) }),
        ...(incoming.edges && {
          edges: appendNew(present?.edges, incoming.edges, (edge) => edge.node?.__ref),
        }),
      };
    },
  };
}

export function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes: {
      DocumentChange: [
        "AnnotationSaved",
        "AnnotationDeleted",
        "RelationSaved",
        "RelationDeleted",
        "CommentSaved",
        "CommentDeleted",
      ],
      ProjectChange: [
        "ProjectSaved",
        "ProjectDeleted",
        "LabelSaved",
        "LabelDeleted",
        "LabelMerged",
        "LabelsReordered",
        "RelationTypeSaved",
        "RelationTypeDeleted",
        "MemberChanged",
        "DocumentSaved",
        "DocumentDeleted",
        "DocumentStatusChanged",
        "DocumentsImported",
        "DocumentsRemoved",
      ],
    },
    typePolicies: {
      Query: {
        fields: {
          projects: connection(["archived"]),
          deletedProjects: { merge: false },
          project: {
            read: (present, { args, toReference }) =>
              present === undefined && args ? toReference({ __typename: "Project", id: args.id }) : present,
          },
          document: {
            read: (present, { args, toReference }) =>
              present === undefined && args ? toReference({ __typename: "Document", id: args.id }) : present,
          },
        },
      },
      Project: {
        fields: {
          documents: connection(["query", "archived"]),
          deletedDocuments: { merge: false },
          members: { merge: false },
          invitations: { merge: false },
          labels: { merge: false },
          relationTypes: { merge: false },
          recentPeople: { merge: false },
          progress: { merge: true },
        },
      },
      Document: {
        fields: {
          annotations: connection(["labels", "range"]),
          relations: connection(false),
          metadata: { merge: false },
          notCarried: { merge: false },
          statuses: { merge: false },
        },
      },
      Annotation: {
        fields: { attributes: { merge: false }, relations: { merge: false }, comments: { merge: false } },
      },
      Span: { fields: { fragments: { merge: false }, annotations: { merge: false } } },
      Label: { fields: { attributes: { merge: false } } },
      RelationType: { fields: { sourceLabels: { merge: false }, targetLabels: { merge: false } } },
      Member: { keyFields: false },
    },
  });
}
