// Puts a refused input's message beside the field it names, or with the form when it names none of its fields.
export interface RefusedInput {
  readonly field: string | null;
  readonly message: string;
}

/** `fields` maps a form's names to the last part of the paths the server may name: "input.email" is about `email`. */
export function fieldError<F extends string>(error: RefusedInput | null, fields: readonly F[]): F | null {
  const named = error?.field?.split(".").at(-1);
  return fields.find((field) => field === named) ?? null;
}
