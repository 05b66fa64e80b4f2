// One change as Concord tells it, for the servers that it is measured against.

const PERSON = { id: "019ad000-0000-7000-8000-000000000001", name: "First owner" };

/** @param at when it was sent: process.hrtime, 19 digits */
export function changeOf(at: string, revision: number) {
  return {
    __typename: "AnnotationSaved",
    revision,
    at: "2026-01-02T03:04:05.678Z",
    author: PERSON,
    clientMutationId: at,
    annotation: {
      id: "019ad000-0000-7000-8000-000000000002",
      version: 1,
      note: null,
      label: { id: "019ad000-0000-7000-8000-000000000003" },
      span: { quote: "e minister said that", fragments: [{ start: 2, end: 22 }] },
      createdBy: PERSON,
      relations: [],
    },
  };
}
