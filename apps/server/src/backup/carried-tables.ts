/**
 * What a backup carries and what it leaves out. Every table of the database is named here, so that a new one is not
 * forgotten: a test compares. A table that a later migration drops stays named, for the databases that have it still.
 */

/** In the order of the file, which means nothing: references are checked when all is there. */
export const CARRIED: readonly string[] = [
  "installation",
  "person",
  "sign_in",
  "auth_account",
  "project",
  "membership",
  "label",
  "relation_type",
  "relation_type_end",
  "document",
  "document_status",
  "layer",
  "span",
  "annotation",
  "relation",
  "comment",
  "layer_change",
  "project_change",
  "applied_mutation",
];

/** What opens a door, and what is only about a moment. No carried table refers to one of these. */
export const LEFT_OUT: readonly string[] = [
  // Whoever holds the file must not become somebody by it, nor come back in where they were put out since.
  "session",
  "access_token",
  "invitation",
  "password_reset",
  "verification",
  // Whom a running server has slowed down.
  "failed_sign_in",
  // Files that are still coming in; what was made of them is carried.
  "import_job",
  "import_piece",
  // Made from the texts, again at the first start after a restore.
  "passage",
  "searchable_document",
  // Written by the migrations themselves; the file names the last one.
  "_prisma_migrations",
];

/** Columns left out of carried tables. */
export const LEFT_OUT_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  // Signs sessions and derives links; a restored server has a new one, so that none of the old ones works again.
  installation: ["auth_secret"],
  // Tokens of other services. Nobody signs in by one; the passwords' hashes are carried.
  auth_account: [
    "access_token",
    "refresh_token",
    "id_token",
    "access_token_expires_at",
    "refresh_token_expires_at",
    "scope",
  ],
};
