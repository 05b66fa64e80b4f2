/** People as lists that are written without the executor show them. */
import type { LookedUpType } from "../graphql/planned-fields.ts";
import type { PersonDetails } from "./person.queries.ts";

export const USER: LookedUpType<PersonDetails> = {
  name: "User",
  fields: { name: ({ name }) => name, imported: ({ imported }) => imported },
  async load({ loaders, answer }, ids) {
    const people = await Promise.all(ids.map((id) => loaders.person.load(id)));
    for (const { id, name } of people) answer?.people.set(id, name);
    return people;
  },
};
