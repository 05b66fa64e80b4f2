// A side of the workbench on a narrow screen: a drawer from the left, or a sheet from below.
import { CloseButton, Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../../words/words.ts";
import css from "./workbench.module.css";

export interface SideSheetProps {
  readonly isOpen: boolean;
  readonly name: string;
  readonly side: "left" | "bottom";
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function SideSheet({ isOpen, name, side, onClose, children }: SideSheetProps) {
  // Escape reaches every open overlay: a dialog above the sheet closes alone
  const closeUnlessCovered = () => {
    if (document.querySelectorAll("[aria-modal=true]").length <= 1) onClose();
  };
  return (
    <Drawer.Root
      opened={isOpen}
      onClose={closeUnlessCovered}
      position={side}
      size={side === "left" ? 300 : "72%"}
      classNames={{ content: css.sheet ?? "" }}
    >
      <Drawer.Overlay color="var(--scrim)" backgroundOpacity={1} />
      <Drawer.Content aria-label={name} data-side={side}>
        {/* the list of documents has its own */}
        {side === "bottom" && (
          <CloseButton aria-label={t("action.close")} className={css.sheetClose ?? ""} onClick={onClose} />
        )}
        <Drawer.Body className={css.sheetBody ?? ""}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
