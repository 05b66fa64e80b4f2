// Text that had nowhere to go, to copy or to download.
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { t } from "../words/words.ts";
import classes from "./CopyField.module.css";
import { CopyField } from "./CopyField.tsx";
import { saveFile } from "./save-file.ts";

export interface KeptTextProps {
  readonly label: string;
  readonly text: string;
  readonly fileName: string;
}

export function KeptText({ label, text, fileName }: KeptTextProps) {
  return (
    <div className={classes.kept}>
      <CopyField label={label} value={text} lines="prose" />
      <Button
        variant="default"
        leftSection={<IconDownload size={16} stroke={1.5} />}
        onClick={() => saveFile([text], fileName)}
      >
        {t("ui:kept.download")}
      </Button>
    </div>
  );
}
