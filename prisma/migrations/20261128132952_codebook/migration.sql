-- CreateEnum
CREATE TYPE "WorkStatus" AS ENUM ('NEW', 'IN_PROGRESS', 'DONE');

-- CreateEnum
CREATE TYPE "ProjectChangeKind" AS ENUM ('PROJECT_SAVED', 'PROJECT_DELETED', 'LABEL_SAVED', 'LABEL_DELETED', 'LABEL_MERGED', 'LABELS_REORDERED', 'RELATION_TYPE_SAVED', 'RELATION_TYPE_DELETED', 'MEMBER_CHANGED', 'DOCUMENT_SAVED', 'DOCUMENT_DELETED', 'DOCUMENTS_IMPORTED', 'DOCUMENTS_REMOVED', 'DOCUMENT_STATUS_CHANGED');

-- AlterTable
ALTER TABLE "label" ADD COLUMN     "heir_id" UUID,
ADD COLUMN     "updated_at" TIMESTAMPTZ(3),
ADD COLUMN     "updated_by" UUID,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "layer_change" ADD COLUMN     "project_id" UUID;
UPDATE "layer_change" SET "project_id" = "layer"."project_id" FROM "layer" WHERE "layer"."id" = "layer_change"."layer_id";
ALTER TABLE "layer_change" ALTER COLUMN "project_id" SET NOT NULL;

-- AlterTable
ALTER TABLE "relation_type" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "updated_at" TIMESTAMPTZ(3),
ADD COLUMN     "updated_by" UUID,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "document_status" (
    "document_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "status" "WorkStatus" NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "document_status_pkey" PRIMARY KEY ("document_id","person_id")
);

-- CreateTable
CREATE TABLE "project_change" (
    "project_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "author_id" UUID NOT NULL,
    "client_mutation_id" TEXT,
    "kind" "ProjectChangeKind" NOT NULL,
    "payload" JSONB NOT NULL,

    CONSTRAINT "project_change_pkey" PRIMARY KEY ("project_id","revision")
);

-- CreateIndex
CREATE INDEX "project_change_project_id_at_revision_idx" ON "project_change"("project_id", "at" DESC, "revision" DESC);

-- CreateIndex
CREATE INDEX "label_parent_id_idx" ON "label"("parent_id");

-- CreateIndex
CREATE INDEX "label_heir_id_idx" ON "label"("heir_id");

-- CreateIndex
CREATE INDEX "layer_change_project_id_at_layer_id_revision_idx" ON "layer_change"("project_id", "at" DESC, "layer_id" DESC, "revision" DESC);

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_heir_id_fkey" FOREIGN KEY ("heir_id") REFERENCES "label"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_updated_by_fkey" FOREIGN KEY ("updated_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relation_type" ADD CONSTRAINT "relation_type_updated_by_fkey" FOREIGN KEY ("updated_by") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_status" ADD CONSTRAINT "document_status_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_status" ADD CONSTRAINT "document_status_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_change" ADD CONSTRAINT "project_change_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_change" ADD CONSTRAINT "project_change_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From here on by hand: what the Prisma schema cannot say.

ALTER TABLE "label" ADD CONSTRAINT "label_version_check" CHECK ("version" >= 1);
ALTER TABLE "label" ADD CONSTRAINT "label_heir_check" CHECK ("heir_id" IS NULL OR ("heir_id" <> "id" AND "archived_at" IS NOT NULL));
ALTER TABLE "relation_type" ADD CONSTRAINT "relation_type_version_check" CHECK ("version" >= 1);
ALTER TABLE "project_change" ADD CONSTRAINT "project_change_revision_check" CHECK ("revision" >= 1);
-- NEW is what follows from nothing, so it is not stored.
ALTER TABLE "document_status" ADD CONSTRAINT "document_status_said_check" CHECK ("status" <> 'NEW');

-- What has become of one annotation, without a look at its whole layer's log.
CREATE INDEX "layer_change_annotation_idx" ON "layer_change"((coalesce("payload" #>> '{annotation,id}', "payload" ->> 'annotationId')::uuid), "revision") WHERE "kind" IN ('ANNOTATION_SAVED', 'ANNOTATION_DELETED');
