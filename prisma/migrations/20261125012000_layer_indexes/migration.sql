-- Deleting a document for good goes from its layers to what is in them, tombstones too: without these each layer costs a
-- look at every annotation and comment there is. The text order's index serves for annotations once it holds tombstones.
DROP INDEX "annotation_layer_id_start_end_id_idx";
CREATE INDEX "annotation_layer_id_start_end_id_idx" ON "annotation"("layer_id", "start", "end", "id");
CREATE INDEX "comment_layer_id_idx" ON "comment"("layer_id");
