// As what a single file is read: as the server has told, or as somebody knows better. Of several each has its own.
import { NativeSelect } from "@mantine/core";
import { t } from "../../../words/words.ts";
import { useFileFormats } from "../file-formats.ts";
import preview from "./ImportPreview.module.css";
import type { Job } from "./job.ts";

export interface FormatChoiceProps {
  readonly job: Job;
  readonly disabled: boolean;
  readonly onChange: (format: string) => void;
}

export function FormatChoice({ job, disabled, onChange }: FormatChoiceProps) {
  const { formats } = useFileFormats();
  const [only] = job.files;
  const found = only?.format ?? job.format;
  if (formats === null || job.files.length > 1 || job.format === "zip") return null;
  const readable = formats.filter(({ reads }) => reads).map(({ id, name }) => ({ value: id, label: name }));
  const isKnown = readable.some(({ value }) => value === found);
  const likely = readable.filter(({ value }) => job.candidates.includes(value));
  const others = readable.filter(({ value }) => !job.candidates.includes(value));
  return (
    <NativeSelect
      className={preview.format ?? ""}
      label={t("import:format.label")}
      description={
        only?.encoding && only.encoding !== "utf-8"
          ? t("import:format.encoding", { encoding: only.encoding })
          : undefined
      }
      disabled={disabled}
      data={[
        ...(isKnown ? [] : [{ value: "", label: t("import:format.choose") }]),
        ...(likely.length > 0
          ? [
              { group: t("import:format.likely"), items: likely },
              { group: t("import:format.others"), items: others },
            ]
          : others),
      ]}
      value={isKnown && found !== null ? found : ""}
      onChange={(event) => event.currentTarget.value !== "" && onChange(event.currentTarget.value)}
    />
  );
}
