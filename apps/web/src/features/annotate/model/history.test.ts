// Any history: own acts, undo and redo, others' changes, lost requests, lost answers, reloads. Once all is sent the server
// holds what the person was shown, and undoing everything leaves of their acts only what they were told stays.
import fc from "fast-check";
import { expect, it } from "vitest";
import { createMemoryOutbox, createMemoryStore, DOCUMENT, MIRA, settle } from "./builders.ts";
import type { Comment } from "./entities.ts";
import { createModelServer } from "./model-server.ts";
import type { Operation } from "./operation.ts";
import { createOutbox } from "./outbox.ts";
import { createSender, type Outcome } from "./sender.ts";
import { createUndoStorage } from "./undo-storage.ts";
import { createWorkbench } from "./workbench.ts";

const RUNS = 1000;

const anything = () => true;
const pick = <Item>(list: readonly Item[], index: number): Item | undefined =>
  list[index % (list.length || 1)];
const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

/** One person, a tab that can be reloaded, and a network that fails when it is told to. */
async function createPerson() {
  const server = createModelServer();
  server.seed();
  const storage = createMemoryOutbox();
  const undoStore = createMemoryStore();
  let hasNetwork = true;
  let losesAnswers = false;
  let tab = await open();

  async function send(operation: Operation): Promise<Outcome> {
    if (!hasNetwork) return { kind: "unanswered" };
    const outcome = server.apply(MIRA, operation);
    return losesAnswers ? { kind: "unanswered" } : outcome;
  }
  async function open() {
    const outbox = createOutbox(storage, null);
    await outbox.refresh();
    const sender = createSender({ outbox, send, exclusively: (job) => job(), pause: () => 1e6 });
    const workbench = createWorkbench({
      viewer: MIRA,
      document: DOCUMENT,
      revision: server.revision(),
      outbox,
      undoStorage: createUndoStorage(undoStore, MIRA.id, DOCUMENT.id),
      takeDraft: () => null,
      takeCommentDraft: () => null,
    });
    workbench.load(server.annotations(), server.relations(), server.comments());
    return { outbox, sender, workbench };
  }
  function close(): void {
    tab.sender.dispose();
    tab.outbox.dispose();
    tab.workbench.dispose();
  }
  /** Answers the first question, with theirs or with mine. */
  function decide(isMine: boolean): void {
    const { workbench } = tab;
    const refused = workbench.getSnapshot().operations.find(({ state }) => state === "refused");
    if (refused === undefined) return;
    const { kind } = workbench.decide.question(refused);
    if (!isMine || kind === "refused") workbench.decide.giveUp(refused);
    else if (kind === "changed") workbench.decide.putOnTop(refused);
    else if (kind === "unheard") workbench.decide.sayAnyway(refused);
    else workbench.decide.restoreWithMine(refused);
  }
  async function connect(isLosingAnswers: boolean): Promise<void> {
    hasNetwork = true;
    losesAnswers = isLosingAnswers;
    tab.sender.wake();
    await settle();
  }
  const hear = () => tab.workbench.applyBatch(server.since(tab.workbench.revision));

  return {
    server,
    workbench: () => tab.workbench,
    annotation: (index: number) => pick(tab.workbench.getSnapshot().inText, index)?.id,
    comment(index: number) {
      const { inText, discussions } = tab.workbench.getSnapshot();
      return pick(
        inText.flatMap(({ id }) => discussions.of(id)),
        index,
      );
    },
    decide,
    connect,
    hear,
    close,
    disconnect() {
      hasNetwork = false;
    },
    async reload() {
      await settle();
      close();
      tab = await open();
    },
    /** Sends everything, answering each question in one way, until nothing waits. */
    async finish(isMine: boolean): Promise<void> {
      for (let round = 0; round < 300; round++) {
        await connect(false);
        hear();
        if (tab.workbench.getSnapshot().operations.length === 0) return;
        decide(isMine);
      }
      throw new Error("something waits for ever");
    },
  };
}

type OnePerson = Awaited<ReturnType<typeof createPerson>>;
/** Something that happens, with words for when a property fails. */
type Act = (person: OnePerson) => unknown;

const named = (name: string, act: Act): Act => Object.assign(act, { [fc.toStringMethod]: () => name });

const at = fc.nat(5);
const word = fc.constantFrom("x", "y", "z");
const patch = fc.oneof(
  fc.record({ note: word }),
  fc.record({ labelId: word }),
  fc.record({ attributes: fc.dictionary(fc.constantFrom("p", "q"), word) }),
);
const onAnnotation = (name: string, act: (person: OnePerson, id: string) => unknown) =>
  at.map((index) =>
    named(`${name} ${index}`, (person) => {
      const id = person.annotation(index);
      if (id !== undefined) act(person, id);
    }),
  );
const onComment = (name: string, act: (person: OnePerson, comment: Comment) => unknown) =>
  at.map((index) =>
    named(`${name} comment ${index}`, (person) => {
      const comment = person.comment(index);
      if (comment !== undefined) act(person, comment);
    }),
  );
const own: fc.Arbitrary<Act> = fc.oneof(
  fc.constant(
    named("tag", ({ workbench }) =>
      workbench().tag({ fragments: [{ start: 0, end: 4 }], quote: "text" }, "x"),
    ),
  ),
  patch.chain((fields) =>
    onAnnotation(`update ${JSON.stringify(fields)}`, ({ workbench }, id) => workbench().update(id, fields)),
  ),
  onAnnotation("remove", ({ workbench }, id) => workbench().remove(id)),
  at.chain((index) =>
    onAnnotation(`link to ${index} from`, ({ workbench, annotation }, id) => {
      const other = annotation(index);
      const isThere = workbench()
        .relationsOf(id)
        .some(({ targetId }) => targetId === other);
      if (other !== undefined && other !== id && !isThere) workbench().link("states", id, other);
    }),
  ),
  onAnnotation("unlink", ({ workbench }, id) => {
    const [relation] = workbench().relationsOf(id);
    if (relation !== undefined) workbench().unlink(relation.id);
  }),
  word.chain((body) => onAnnotation(`say ${body} of`, ({ workbench }, id) => workbench().say(id, body))),
  onComment("settle or reopen", ({ workbench }, { id, resolvedAt }) =>
    workbench().changeComment(id, { resolved: resolvedAt === null }),
  ),
  word.chain((body) =>
    onComment(`reword ${body}`, ({ workbench }, { id }) => workbench().changeComment(id, { body })),
  ),
  onComment("unsay", ({ workbench }, { id, author }) => {
    if (author.id === MIRA.id) workbench().unsay(id);
  }),
  fc.constantFrom(
    named("undo", ({ workbench }) => workbench().undo(anything)),
    named("redo", ({ workbench }) => workbench().redo(anything)),
  ),
);
const network: fc.Arbitrary<Act> = fc.constantFrom(
  named("connect", ({ connect }) => connect(false)),
  named("lose answers", ({ connect }) => connect(true)),
  named("disconnect", ({ disconnect }) => disconnect()),
  named("hear", ({ hear }) => hear()),
  named("reload", ({ reload }) => reload()),
);
const others: fc.Arbitrary<Act> = fc.oneof(
  fc
    .tuple(at, patch)
    .map(([index, fields]) =>
      named(`they set ${JSON.stringify(fields)} ${index}`, ({ server }) => server.theyChange(index, fields)),
    ),
  at.map((index) => named(`they remove ${index}`, ({ server }) => server.theyRemove(index))),
  at.map((index) => named(`they say ${index}`, ({ server }) => server.theySay(index))),
  at.map((index) => named(`they settle ${index}`, ({ server }) => server.theySettle(index))),
  at.map((index) => named(`they unsay ${index}`, ({ server }) => server.theyUnsay(index))),
);
const restoring = at.map((index) =>
  named(`they restore ${index}`, ({ server }) => server.theyRestore(index)),
);
const decision: fc.Arbitrary<Act> = fc
  .boolean()
  .map((isMine) => named(isMine ? "mine" : "theirs", ({ decide }) => decide(isMine)));

async function afterAll(acts: readonly Act[]): Promise<OnePerson> {
  const person = await createPerson();
  for (const act of acts) await act(person);
  return person;
}

type Looks = Pick<ReturnType<typeof createModelServer>, "annotations" | "relations" | "comments">;

/** What can be seen. */
function look({ annotations, relations, comments }: Looks) {
  return {
    annotations: annotations()
      .map(({ id, labelId, note, attributes }) => ({ id, labelId, note, attributes }))
      .sort(byId),
    relations: relations()
      .map(({ id, typeId, sourceId, targetId }) => `${id} ${sourceId} ${typeId} ${targetId}`)
      .sort(),
    comments: comments()
      .map(({ id, annotationId, body, resolvedAt }) => `${id} ${annotationId} ${body} ${resolvedAt !== null}`)
      .sort(),
  };
}
function shown({ workbench }: OnePerson) {
  const { inText, discussions } = workbench().getSnapshot();
  const all = new Map(inText.flatMap(({ id }) => workbench().relationsOf(id)).map((one) => [one.id, one]));
  return look({
    annotations: () => [...inText],
    relations: () => [...all.values()],
    comments: () => inText.flatMap(({ id }) => discussions.of(id)),
  });
}

it("shows in the end what the server holds", async () => {
  const acts = fc.array(fc.oneof(own, own, network, others, restoring, decision), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(acts, fc.boolean(), async (history, isMine) => {
      const person = await afterAll(history);
      await person.finish(isMine);
      expect(shown(person)).toEqual(look(person.server));
      person.close();
    }),
    { numRuns: RUNS },
  );
});

it("sends what was shown while nobody else changed anything", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(own, own, network), { maxLength: 40 }), async (history) => {
      const person = await afterAll(history);
      const before = shown(person);
      await person.finish(false);
      expect(look(person.server)).toEqual(before);
      person.close();
    }),
    { numRuns: RUNS },
  );
});

it("leads back to the beginning by undoing everything, as long as nobody else changed anything", async () => {
  const beginning = look((await createPerson()).server);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(own, own, network), { maxLength: 30 }), async (history) => {
      const person = await afterAll(history);
      for (let left = person.workbench().getSnapshot().undo.undo.length; left > 0; left--)
        expect(person.workbench().undo(anything)).toBeNull();
      await person.finish(false);
      expect(look(person.server)).toEqual(beginning);
      person.close();
    }),
    { numRuns: RUNS },
  );
});

it("leads back there beside others' changes, but for what it said stays and what they made of it", async () => {
  const acts = fc.array(fc.oneof(own, own, network, others, decision), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(acts, async (history) => {
      const person = await afterAll(history);
      await person.finish(true);
      const { workbench, server } = person;
      let obstacles = 0;
      for (let left = workbench().getSnapshot().undo.undo.length; left > 0; left--)
        if (workbench().undo(anything) !== null) obstacles++;
      await person.finish(true);
      expect(shown(person)).toEqual(look(server));
      if (obstacles > 0) return person.close();
      // nothing of one's own is left: what one made is gone, what is there others made or had before
      const known = new Set(["1", "2", "3"]);
      expect(
        server.annotations().filter(({ id, updatedBy }) => !known.has(id) && updatedBy === MIRA),
      ).toEqual([]);
      return person.close();
    }),
    { numRuns: RUNS },
  );
});
