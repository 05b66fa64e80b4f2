// What is asked before a change and answered after it is asked again.
import { ApolloClient, ApolloLink, InMemoryCache } from "@apollo/client";
import { parse } from "graphql";
import { Subject, take } from "rxjs";
import { expect, test } from "vitest";
import { createFreshAnswers } from "./fresh-answers.ts";

// not by gql, which checks against Concord's own schema
const NAME = parse("query Name { name }");
const RENAME = parse("mutation Rename { name }");

/** A client whose requests wait for `answer`, in the order in which they were sent. */
function makeClient() {
  const waiting: Subject<ApolloLink.Result>[] = [];
  const { link, noteChange } = createFreshAnswers();
  const end = new ApolloLink(() => {
    const answer = new Subject<ApolloLink.Result>();
    waiting.push(answer);
    return answer.pipe(take(1));
  });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: link.concat(end),
    queryDeduplication: false,
  });
  const answer = (index: number, name: string) => waiting[index]?.next({ data: { name } });
  return { client, noteChange, answer, sent: () => waiting.length };
}

test("an answer that a mutation has overtaken is dropped, and the question asked again", async () => {
  const { client, answer, sent } = makeClient();
  const asked = client.query({ query: NAME });
  const renamed = client.mutate({ mutation: RENAME });
  answer(1, "new");
  await renamed;
  answer(0, "old");
  await expect.poll(sent).toBe(3);
  answer(2, "new");
  expect((await asked).data).toEqual({ name: "new" });
});

test("so is one that a change has overtaken, and one that nothing has is taken as it is", async () => {
  const { client, noteChange, answer, sent } = makeClient();
  const asked = client.query({ query: NAME });
  noteChange();
  answer(0, "old");
  await expect.poll(sent).toBe(2);
  answer(1, "new");
  expect((await asked).data).toEqual({ name: "new" });
  expect(sent()).toBe(2);
});

test("where changes never stop, the last answer has to do", async () => {
  const { client, noteChange, answer, sent } = makeClient();
  const asked = client.query({ query: NAME });
  for (let index = 0; index < 4; index++) {
    await expect.poll(sent).toBe(index + 1);
    noteChange();
    answer(index, `after ${index}`);
  }
  expect((await asked).data).toEqual({ name: "after 3" });
});

test("a mutation on a document leaves questions alone", async () => {
  const { client, answer, sent } = makeClient();
  const asked = client.query({ query: NAME });
  const marked = client.mutate({ mutation: RENAME, context: { fromOutbox: true } });
  answer(1, "new");
  await marked;
  answer(0, "as asked");
  expect((await asked).data).toEqual({ name: "as asked" });
  expect(sent()).toBe(2);
});
