// The ways the product may look.
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { t } from "../words/words.ts";

export const SCHEMES = [
  { value: "light", label: t("scheme.light"), Icon: IconSun },
  { value: "dark", label: t("scheme.dark"), Icon: IconMoon },
  { value: "auto", label: t("scheme.auto"), Icon: IconDeviceDesktop },
] as const;
