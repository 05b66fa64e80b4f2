/** Which operations may be answered again from the revisions of what they show. What is not named here is not kept. */
import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** Depends on who asks: kept for the viewer alone. */
const PERSONAL = new Set(["Query.viewer", "Project.viewerRole"]);

/**
 * All that changes only with the revision of the document's layer, the revision of its project (header, codebook,
 * documents' headers, members) or the name of a person in a list; texts and spans never change.
 */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Query: ["document", "viewer"],
  Viewer: ["id", "name", "email", "createsProjects"],
  Document: [
    ...["id", "title", "text", "length", "language", "metadata", "createdAt", "archivedAt", "revision"],
    ...["project", "previousVersion", "nextVersion", "annotations", "relations"],
  ],
  Project: [
    ...["id", "name", "description", "guidelines", "revision", "archivedAt", "viewerRole"],
    ...["labels", "relationTypes"],
  ],
  Label: [
    ...["id", "key", "name", "color", "letter", "shortcut", "description", "parent", "attributes"],
    ...["archivedAt", "heir", "version"],
  ],
  AttributeDefinition: ["key", "name", "kind", "choices", "required"],
  RelationType: ["id", "key", "name", "sourceLabels", "targetLabels", "archivedAt", "version"],
  AnnotationConnection: ["nodes", "pageInfo"],
  RelationConnection: ["nodes", "pageInfo"],
  PageInfo: ["hasNextPage", "endCursor"],
  Annotation: [
    ...["id", "version", "note", "attributes", "origin", "createdAt", "updatedAt"],
    ...["createdBy", "updatedBy", "label", "span"],
  ],
  Span: ["id", "start", "end", "quote", "prefix", "suffix", "fragments"],
  Fragment: ["start", "end"],
  Relation: ["id", "createdAt", "type", "source", "target", "createdBy"],
  User: ["id", "name"],
};

/** Another version is another document, with revisions of its own: only what the project's revision covers. */
const VERSION_FIELDS = new Set(["id", "title", "__typename", "previousVersion", "nextVersion"]);

function isVersionLink(node: FieldNode): boolean {
  return (node.selectionSet?.selections ?? []).every(
    (selection) =>
      selection.kind === Kind.FIELD && VERSION_FIELDS.has(selection.name.value) && isVersionLink(selection),
  );
}

/** An operation about one document whose answer may be kept. */
export interface Cacheable {
  /** The `id` of its document. */
  documentId: ValueNode;
  isPersonal: boolean;
}

function examine(schema: GraphQLSchema, document: DocumentNode): Cacheable | null {
  const isQuery = document.definitions.every(
    (node) => node.kind !== Kind.OPERATION_DEFINITION || node.operation === OperationTypeNode.QUERY,
  );
  if (!isQuery) return null;
  const types = new TypeInfo(schema);
  const ids: (ValueNode | undefined)[] = [];
  let fits = true;
  let isPersonal = false;
  const refuse = () => {
    fits = false;
    return BREAK;
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const { value: field } = node.name;
        const type = types.getParentType()?.name ?? "";
        if (field === "__typename") return undefined;
        if (!FIELDS[type]?.includes(field)) return refuse();
        isPersonal ||= PERSONAL.has(`${type}.${field}`);
        if (type === "Query" && field === "document")
          ids.push(node.arguments?.find(({ name }) => name.value === "id")?.value);
        if (field === "previousVersion" || field === "nextVersion")
          // Nothing below needs to be looked at again.
          return isVersionLink(node) ? false : refuse();
        return undefined;
      },
    }),
  );
  const [documentId, ...others] = ids;
  return fits && documentId && others.length === 0 ? { documentId, isPersonal } : null;
}

/** Examines each document once, as long as it is kept by whoever parsed it. */
export function createExaminer(schema: GraphQLSchema): (document: DocumentNode) => Cacheable | null {
  const examined = new WeakMap<DocumentNode, Cacheable | null>();
  return (document) => {
    const known = examined.get(document);
    if (known !== undefined) return known;
    const found = examine(schema, document);
    examined.set(document, found);
    return found;
  };
}
