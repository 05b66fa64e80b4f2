-- AlterTable
ALTER TABLE "import_job" ADD COLUMN     "choices" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "findings" JSONB NOT NULL DEFAULT '{}';

-- CreateIndex
CREATE INDEX "document_project_id_sha256_idx" ON "document"("project_id", "sha256");
