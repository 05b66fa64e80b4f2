-- CreateTable
CREATE TABLE "passage" (
    "document_id" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "project_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "config" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "exact" TEXT,
    "words" tsvector NOT NULL,

    CONSTRAINT "passage_pkey" PRIMARY KEY ("document_id","start")
);

-- CreateTable
CREATE TABLE "searchable_document" (
    "document_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "language" TEXT,
    "config" TEXT NOT NULL,
    "method" SMALLINT NOT NULL,

    CONSTRAINT "searchable_document_pkey" PRIMARY KEY ("document_id")
);

-- CreateIndex
CREATE INDEX "passage_project_id_position_document_id_start_idx" ON "passage"("project_id", "position", "document_id", "start");

-- CreateIndex
CREATE INDEX "passage_words_idx" ON "passage" USING GIN ("words");

-- CreateIndex
CREATE INDEX "searchable_document_project_id_idx" ON "searchable_document"("project_id");

-- AddForeignKey
ALTER TABLE "passage" ADD CONSTRAINT "passage_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "searchable_document" ADD CONSTRAINT "searchable_document_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on by hand: what the Prisma schema cannot say.

ALTER TABLE "passage" ADD CONSTRAINT "passage_place_check" CHECK ("start" >= 0 AND "start" < "end");

-- For parts of words. Not every database allows the extension; the server tries again at each start and says so, see
-- apps/server/src/search/trigrams.ts.
DO $$
DECLARE "trigram_schema" TEXT;
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    SELECT extnamespace::regnamespace::text INTO "trigram_schema" FROM pg_extension WHERE extname = 'pg_trgm';
    EXECUTE format('CREATE INDEX "passage_text_idx" ON "passage" USING GIN ("text" %s.gin_trgm_ops)', "trigram_schema");
EXCEPTION WHEN OTHERS THEN
    NULL;
END
$$;
