// Connections as growing lists.
import { gql } from "@apollo/client";
import { expect, test } from "vitest";
import { createCache } from "./cache.ts";

const page = gql`
  query Page($after: String) {
    project(id: "p") {
      id
      documents(first: 2, after: $after) {
        totalCount
        nodes {
          id
        }
      }
    }
  }
`;
const count = gql`
  query Count {
    project(id: "p") {
      id
      size: documents(first: 0) {
        totalCount
      }
    }
  }
`;

const makePage = (...ids: string[]) => ({
  project: {
    __typename: "Project",
    id: "p",
    documents: {
      __typename: "DocumentConnection",
      totalCount: 3,
      nodes: ids.map((id) => ({ __typename: "Document", id })),
    },
  },
});

const idsIn = (cache: ReturnType<typeof createCache>) => {
  const read = cache.readQuery<{ project: { documents: { nodes: { id: string }[] } } }>({ query: page });
  return read?.project.documents.nodes.map(({ id }) => id);
};

test("a next page is added, without doubles; a first page replaces", () => {
  const cache = createCache();
  cache.writeQuery({ query: page, data: makePage("a", "b") });
  cache.writeQuery({ query: page, variables: { after: "b" }, data: makePage("b", "c") });
  expect(idsIn(cache)).toEqual(["a", "b", "c"]);
  cache.writeQuery({ query: page, data: makePage("c") });
  expect(idsIn(cache)).toEqual(["c"]);
});

test("counting alone keeps the nodes", () => {
  const cache = createCache();
  cache.writeQuery({ query: page, data: makePage("a", "b") });
  cache.writeQuery({
    query: count,
    data: {
      project: { __typename: "Project", id: "p", size: { __typename: "DocumentConnection", totalCount: 9 } },
    },
  });
  expect(idsIn(cache)).toEqual(["a", "b"]);
});
