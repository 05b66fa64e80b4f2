-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('VIEWER', 'ANNOTATOR', 'CURATOR', 'OWNER');

-- CreateEnum
CREATE TYPE "LabelColor" AS ENUM ('INDIGO', 'RUST', 'GREEN', 'PURPLE', 'ROSE', 'TEAL', 'OLIVE', 'STONE');

-- CreateEnum
CREATE TYPE "RelationEnd" AS ENUM ('SOURCE', 'TARGET');

-- CreateEnum
CREATE TYPE "LayerKind" AS ENUM ('SHARED', 'PERSONAL', 'CURATED');

-- CreateEnum
CREATE TYPE "Origin" AS ENUM ('HUMAN', 'IMPORT', 'SUGGESTION');

-- CreateEnum
CREATE TYPE "ChangeKind" AS ENUM ('ANNOTATION_SAVED', 'ANNOTATION_DELETED', 'RELATION_SAVED', 'RELATION_DELETED', 'COMMENT_SAVED', 'COMMENT_DELETED');

-- CreateTable
CREATE TABLE "installation" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "owner_id" UUID NOT NULL,
    "auth_secret" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "creates_projects" BOOLEAN NOT NULL DEFAULT false,
    "imported" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_account" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auth_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "failed_sign_in" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "failed_sign_in_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "access_token" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "guidelines" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "project_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("project_id","person_id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_by" UUID,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "label" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "color" "LabelColor" NOT NULL,
    "shortcut" TEXT,
    "description" TEXT NOT NULL DEFAULT '',
    "parent_id" UUID,
    "attributes" JSONB NOT NULL DEFAULT '[]',
    "position" INTEGER NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "label_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relation_type" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "relation_type_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relation_type_end" (
    "relation_type_id" UUID NOT NULL,
    "end" "RelationEnd" NOT NULL,
    "label_id" UUID NOT NULL,

    CONSTRAINT "relation_type_end_pkey" PRIMARY KEY ("relation_type_id","end","label_id")
);

-- CreateTable
CREATE TABLE "document" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "source_id" TEXT,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "length" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "language" TEXT,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "layer" (
    "id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "kind" "LayerKind" NOT NULL,
    "owner_id" UUID,
    "revision" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "layer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "span" (
    "id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "fragments" INTEGER[],
    "quote" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "suffix" TEXT NOT NULL,

    CONSTRAINT "span_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "annotation" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "layer_id" UUID NOT NULL,
    "span_id" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "label_id" UUID NOT NULL,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "note" TEXT NOT NULL DEFAULT '',
    "origin" "Origin" NOT NULL DEFAULT 'HUMAN',
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "annotation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relation" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "layer_id" UUID NOT NULL,
    "type_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "target_id" UUID NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "deleted_with" UUID,

    CONSTRAINT "relation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comment" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "layer_id" UUID NOT NULL,
    "annotation_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "deleted_with" UUID,

    CONSTRAINT "comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "layer_change" (
    "layer_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "author_id" UUID NOT NULL,
    "client_mutation_id" TEXT,
    "kind" "ChangeKind" NOT NULL,
    "payload" JSONB NOT NULL,

    CONSTRAINT "layer_change_pkey" PRIMARY KEY ("layer_id","revision")
);

-- CreateTable
CREATE TABLE "applied_mutation" (
    "person_id" UUID NOT NULL,
    "client_mutation_id" TEXT NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "outcome" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "applied_mutation_pkey" PRIMARY KEY ("person_id","client_mutation_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "installation_owner_id_key" ON "installation"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_email_key" ON "sign_in"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "auth_account_user_id_idx" ON "auth_account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "access_token_hash_key" ON "access_token"("hash");

-- CreateIndex
CREATE INDEX "access_token_person_id_idx" ON "access_token"("person_id");

-- CreateIndex
CREATE INDEX "membership_person_id_idx" ON "membership"("person_id");

-- CreateIndex
CREATE INDEX "invitation_project_id_idx" ON "invitation"("project_id");

-- CreateIndex
CREATE INDEX "label_project_id_position_idx" ON "label"("project_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "label_project_id_key_key" ON "label"("project_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "label_project_id_shortcut_key" ON "label"("project_id", "shortcut");

-- CreateIndex
CREATE UNIQUE INDEX "relation_type_project_id_key_key" ON "relation_type"("project_id", "key");

-- CreateIndex
CREATE INDEX "relation_type_end_label_id_idx" ON "relation_type_end"("label_id");

-- CreateIndex
CREATE INDEX "document_project_id_position_idx" ON "document"("project_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "layer_document_id_kind_owner_id_key" ON "layer"("document_id", "kind", "owner_id");

-- CreateIndex
CREATE INDEX "span_document_id_idx" ON "span"("document_id");

-- CreateIndex
CREATE INDEX "annotation_span_id_idx" ON "annotation"("span_id");

-- CreateIndex
CREATE INDEX "annotation_label_id_idx" ON "annotation"("label_id");

-- CreateIndex
CREATE INDEX "relation_layer_id_id_idx" ON "relation"("layer_id", "id");

-- CreateIndex
CREATE INDEX "relation_source_id_idx" ON "relation"("source_id");

-- CreateIndex
CREATE INDEX "relation_target_id_idx" ON "relation"("target_id");

-- CreateIndex
CREATE INDEX "relation_type_id_idx" ON "relation"("type_id");

-- CreateIndex
CREATE INDEX "comment_annotation_id_idx" ON "comment"("annotation_id");

-- CreateIndex
CREATE INDEX "applied_mutation_created_at_idx" ON "applied_mutation"("created_at");

-- AddForeignKey
ALTER TABLE "installation" ADD CONSTRAINT "installation_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in" ADD CONSTRAINT "sign_in_id_fkey" FOREIGN KEY ("id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "sign_in"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_account" ADD CONSTRAINT "auth_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "sign_in"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_used_by_fkey" FOREIGN KEY ("used_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "label"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation_type" ADD CONSTRAINT "relation_type_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation_type_end" ADD CONSTRAINT "relation_type_end_relation_type_id_fkey" FOREIGN KEY ("relation_type_id") REFERENCES "relation_type"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation_type_end" ADD CONSTRAINT "relation_type_end_label_id_fkey" FOREIGN KEY ("label_id") REFERENCES "label"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "layer" ADD CONSTRAINT "layer_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "layer" ADD CONSTRAINT "layer_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "span" ADD CONSTRAINT "span_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_layer_id_fkey" FOREIGN KEY ("layer_id") REFERENCES "layer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_span_id_fkey" FOREIGN KEY ("span_id") REFERENCES "span"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_label_id_fkey" FOREIGN KEY ("label_id") REFERENCES "label"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_updated_by_fkey" FOREIGN KEY ("updated_by") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_layer_id_fkey" FOREIGN KEY ("layer_id") REFERENCES "layer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_type_id_fkey" FOREIGN KEY ("type_id") REFERENCES "relation_type"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "annotation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "annotation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation" ADD CONSTRAINT "relation_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_layer_id_fkey" FOREIGN KEY ("layer_id") REFERENCES "layer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_annotation_id_fkey" FOREIGN KEY ("annotation_id") REFERENCES "annotation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "layer_change" ADD CONSTRAINT "layer_change_layer_id_fkey" FOREIGN KEY ("layer_id") REFERENCES "layer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "layer_change" ADD CONSTRAINT "layer_change_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "applied_mutation" ADD CONSTRAINT "applied_mutation_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what the Prisma schema cannot say.

-- What decides an order sorts by code point, on every server alike.
ALTER TABLE "project" ALTER COLUMN "name" TYPE TEXT COLLATE "C";
ALTER TABLE "label" ALTER COLUMN "key" TYPE TEXT COLLATE "C";

-- One shared layer a document; the unique index over owner_id takes two nulls for different.
CREATE UNIQUE INDEX "layer_document_id_shared_key" ON "layer"("document_id") WHERE "kind" = 'SHARED';

-- Deleted rows keep what they are and must not stand in the way of new ones.
CREATE UNIQUE INDEX "document_project_id_source_id_key" ON "document"("project_id", "source_id") WHERE "deleted_at" IS NULL AND "source_id" IS NOT NULL;
CREATE UNIQUE INDEX "relation_type_id_source_id_target_id_key" ON "relation"("type_id", "source_id", "target_id") WHERE "deleted_at" IS NULL;

-- Text order: within a layer for reading, within a project for searching and export.
CREATE INDEX "annotation_layer_id_start_end_id_idx" ON "annotation"("layer_id", "start", "end", "id") WHERE "deleted_at" IS NULL;
CREATE INDEX "annotation_project_id_document_id_start_end_id_idx" ON "annotation"("project_id", "document_id", "start", "end", "id") WHERE "deleted_at" IS NULL;

ALTER TABLE "installation" ADD CONSTRAINT "installation_one_row_check" CHECK ("id" = 1);

ALTER TABLE "person" ADD CONSTRAINT "person_name_check" CHECK (btrim("name") <> '');
ALTER TABLE "project" ADD CONSTRAINT "project_name_check" CHECK (btrim("name") <> '');
ALTER TABLE "label" ADD CONSTRAINT "label_name_check" CHECK (btrim("name") <> '');
ALTER TABLE "relation_type" ADD CONSTRAINT "relation_type_name_check" CHECK (btrim("name") <> '');
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_name_check" CHECK (btrim("name") <> '');

ALTER TABLE "project" ADD CONSTRAINT "project_revision_check" CHECK ("revision" >= 0);
ALTER TABLE "layer" ADD CONSTRAINT "layer_revision_check" CHECK ("revision" >= 0);
ALTER TABLE "layer_change" ADD CONSTRAINT "layer_change_revision_check" CHECK ("revision" >= 1);
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_version_check" CHECK ("version" >= 1);

ALTER TABLE "layer" ADD CONSTRAINT "layer_owner_check" CHECK (("owner_id" IS NOT NULL) = ("kind" = 'PERSONAL'));

ALTER TABLE "access_token" ADD CONSTRAINT "access_token_hash_check" CHECK (octet_length("hash") = 32);
ALTER TABLE "applied_mutation" ADD CONSTRAINT "applied_mutation_content_hash_check" CHECK (octet_length("content_hash") = 32);

-- The database is UTF8, so char_length counts code points.
ALTER TABLE "document" ADD CONSTRAINT "document_length_check" CHECK ("length" >= 0 AND "length" = char_length("text"));
ALTER TABLE "document" ADD CONSTRAINT "document_sha256_check" CHECK (octet_length("sha256") = 32);

-- A check that comes out as null passes, hence IS NOT NULL, and cardinality where array_length gives null for an empty array.
ALTER TABLE "span" ADD CONSTRAINT "span_place_check" CHECK ("start" >= 0 AND "start" < "end");
ALTER TABLE "span" ADD CONSTRAINT "span_fragments_check" CHECK (
    "fragments" IS NOT NULL
    AND cardinality("fragments") BETWEEN 2 AND 200
    AND cardinality("fragments") % 2 = 0
    AND "fragments"[1] = "start"
    AND "fragments"[cardinality("fragments")] = "end"
);
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_place_check" CHECK ("start" >= 0 AND "start" < "end");

ALTER TABLE "relation" ADD CONSTRAINT "relation_ends_check" CHECK ("source_id" <> "target_id");

-- Deleting a project or a document for good reaches these rows from two sides, and this side first:
-- such a transaction begins with SET CONSTRAINTS ALL DEFERRED. For all others the check comes at once, as usual.
ALTER TABLE "annotation" ALTER CONSTRAINT "annotation_span_id_fkey" DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "annotation" ALTER CONSTRAINT "annotation_label_id_fkey" DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "relation" ALTER CONSTRAINT "relation_type_id_fkey" DEFERRABLE INITIALLY IMMEDIATE;
