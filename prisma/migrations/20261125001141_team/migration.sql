-- CreateEnum
CREATE TYPE "JobState" AS ENUM ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED');

-- AlterTable
ALTER TABLE "document" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_by" UUID,
ADD COLUMN     "not_carried" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "replaces_id" UUID;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "left_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "project" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_by" UUID;

-- CreateTable
CREATE TABLE "password_reset" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "password_reset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_job" (
    "id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "state" "JobState" NOT NULL DEFAULT 'QUEUED',
    "format" TEXT NOT NULL,
    "dry_run" BOOLEAN NOT NULL DEFAULT false,
    "file_name" TEXT,
    "done" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT NOT NULL,
    "document_count" INTEGER NOT NULL DEFAULT 0,
    "annotation_count" INTEGER NOT NULL DEFAULT 0,
    "documents" UUID[] DEFAULT ARRAY[]::UUID[],
    "problems" JSONB NOT NULL DEFAULT '[]',
    "progress" JSONB NOT NULL DEFAULT '{}',
    "cancel_requested" BOOLEAN NOT NULL DEFAULT false,
    "lease_until" TIMESTAMPTZ(3),
    "lease_holder" UUID,

    CONSTRAINT "import_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_piece" (
    "job_id" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "import_piece_pkey" PRIMARY KEY ("job_id","index")
);

-- CreateIndex
CREATE INDEX "password_reset_person_id_idx" ON "password_reset"("person_id");

-- CreateIndex
CREATE INDEX "import_job_project_id_idx" ON "import_job"("project_id");

-- CreateIndex
CREATE INDEX "import_job_state_idx" ON "import_job"("state");

-- CreateIndex
CREATE INDEX "document_replaces_id_idx" ON "document"("replaces_id");

-- AddForeignKey
ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_deleted_by_fkey" FOREIGN KEY ("deleted_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_deleted_by_fkey" FOREIGN KEY ("deleted_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "document"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_piece" ADD CONSTRAINT "import_piece_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "import_job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what the Prisma schema cannot say.

-- A text has one next version at a time; a deleted one must not stand in the way of another.
CREATE UNIQUE INDEX "document_replaces_id_key" ON "document"("replaces_id") WHERE "deleted_at" IS NULL AND "replaces_id" IS NOT NULL;

-- What is cleared away after 30 days.
CREATE INDEX "project_deleted_at_idx" ON "project"("deleted_at") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "document_deleted_at_idx" ON "document"("deleted_at") WHERE "deleted_at" IS NOT NULL;

ALTER TABLE "document" ADD CONSTRAINT "document_replaces_check" CHECK ("replaces_id" <> "id");
ALTER TABLE "document" ADD CONSTRAINT "document_not_carried_check" CHECK (jsonb_typeof("not_carried") = 'array');
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_bytes_check" CHECK ("done" BETWEEN 0 AND "total");
ALTER TABLE "import_job" ADD CONSTRAINT "import_job_finished_check" CHECK (("finished_at" IS NULL) = ("state" IN ('QUEUED', 'RUNNING')));
