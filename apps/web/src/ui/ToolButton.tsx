// A button that shows a sign and says in a tooltip what it does; pressed as long as what it switches on is on.
import { ActionIcon, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import css from "./ToolButton.module.css";

export function ToolButton({
  label,
  isPressed,
  isDisabled = false,
  onClick,
  children,
}: {
  readonly label: string;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        className={css.tool}
        aria-label={label}
        aria-pressed={isPressed}
        data-pressed={isPressed || undefined}
        disabled={isDisabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
