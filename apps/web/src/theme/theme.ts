// Mantine dressed in the tokens: ink and paper for the frame, so that colour is left to labels and people.
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";
import { t } from "../words/words.ts";

// Mantine computes with its palettes, so they are written out; what is shown comes from the tokens, by the resolver below.
const ink: MantineColorsTuple = [
  "#F5F3EE",
  "#ECE9E1",
  "#E2DED4",
  "#C3BEB3",
  "#868177",
  "#68645C",
  "#4C4943",
  "#33312D",
  "#1F1E1B",
  "#141311",
];
const dark: MantineColorsTuple = [
  "#E9E5DC",
  "#BDB8AD",
  "#9C968A",
  "#7B756B",
  "#363330",
  "#2C2A27",
  "#252320",
  "#1A1917",
  "#171614",
  "#141312",
];
const danger: MantineColorsTuple = [
  "#FBEFED",
  "#F5DAD6",
  "#EBB6AF",
  "#E0897F",
  "#D2594C",
  "#BC3A2E",
  "#A32018",
  "#8A1810",
  "#70120B",
  "#570C07",
];

/** `filled` and `default` in tokens: a filled button has paper's colour as its text, in both schemes. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const isDanger = input.color === "danger";
  const voice = isDanger ? "var(--danger)" : "var(--ink)";
  switch (input.variant) {
    case "filled":
      return {
        background: voice,
        hover: `color-mix(in srgb, ${voice} 86%, var(--paper))`,
        color: "var(--paper)",
        border: "1px solid transparent",
      };
    case "default":
      return {
        background: "var(--raise)",
        hover: "var(--well)",
        color: voice,
        border: "1px solid var(--edge)",
      };
    case "subtle":
      return {
        background: "transparent",
        hover: "var(--hover)",
        color: isDanger ? voice : "var(--ink2)",
        border: "1px solid transparent",
      };
    default:
      return defaultVariantColorsResolver(input);
  }
};

const schemeVariables = {
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-body": "var(--paper)",
  "--mantine-color-bright": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink3)",
  "--mantine-color-placeholder": "var(--ink3)",
  "--mantine-color-error": "var(--danger)",
  "--mantine-color-success": "var(--ok)",
  "--mantine-color-anchor": "var(--ink)",
  "--mantine-color-default": "var(--raise)",
  "--mantine-color-default-hover": "var(--well)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--edge)",
  "--mantine-color-disabled": "var(--well)",
  "--mantine-color-disabled-color": "var(--ink3)",
  "--mantine-color-disabled-border": "var(--rule)",
  "--mantine-primary-color-contrast": "var(--paper)",
  "--mantine-color-ink-text": "var(--ink)",
  "--mantine-color-ink-filled": "var(--ink)",
  "--mantine-color-ink-filled-hover": "color-mix(in srgb, var(--ink) 86%, var(--paper))",
  "--mantine-color-ink-light": "var(--well)",
  "--mantine-color-ink-light-hover": "var(--rule)",
  "--mantine-color-ink-light-color": "var(--ink)",
  "--mantine-color-ink-outline": "var(--edge)",
  "--mantine-color-ink-outline-hover": "var(--hover)",
  "--mantine-color-danger-text": "var(--danger)",
  "--mantine-color-danger-filled": "var(--danger)",
  "--mantine-color-danger-light": "color-mix(in srgb, var(--danger) 10%, transparent)",
  "--mantine-color-danger-light-color": "var(--danger)",
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: schemeVariables,
  dark: schemeVariables,
});

export const theme = createTheme({
  white: "#FFFFFF",
  black: "#1F1E1B",
  primaryColor: "ink",
  primaryShade: { light: 8, dark: 8 },
  colors: { ink, gray: ink, dark, danger },
  autoContrast: false,
  variantColorResolver,
  fontFamily: "var(--ui)",
  fontFamilyMonospace: "var(--mono)",
  headings: {
    fontFamily: "var(--read)",
    fontWeight: "400",
    sizes: {
      h1: { fontSize: "1.75rem", lineHeight: "36px" },
      h2: { fontSize: "1.25rem", lineHeight: "28px" },
      h3: { fontSize: "1rem", lineHeight: "24px" },
    },
  },
  fontSizes: {
    xs: "var(--type-caption)",
    sm: "var(--type-small)",
    md: "var(--type-base)",
    lg: "var(--type-large)",
    xl: "1.15625rem",
  },
  lineHeights: { xs: "1.455", sm: "1.5", md: "1.54", lg: "1.6", xl: "1.84" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "3px", sm: "4px", md: "6px", lg: "10px", xl: "14px" },
  defaultRadius: "md",
  shadows: { md: "var(--shadow)" },
  focusRing: "auto",
  cursorType: "pointer",
  respectReducedMotion: true,
  activeClassName: "",
  components: {
    ActionIcon: { defaultProps: { variant: "subtle" } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] } },
    Menu: {
      defaultProps: { withInitialFocusPlaceholder: false, shadow: "md", transitionProps: { duration: 160 } },
    },
    Modal: {
      defaultProps: {
        // A dialog's head is no second banner of the page.
        attributes: { header: { role: "presentation" } },
        centered: true,
        overlayProps: { color: "var(--scrim)", backgroundOpacity: 1 },
        transitionProps: { duration: 160, transition: "fade" },
        closeButtonProps: { "aria-label": t("action.close") },
      },
    },
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        events: { hover: true, focus: true, touch: false },
        transitionProps: { duration: 90 },
      },
    },
    // On an ink ground, which is light in the dark.
    Checkbox: { defaultProps: { iconColor: "var(--paper)" } },
    Radio: { defaultProps: { iconColor: "var(--paper)" } },
    Drawer: { defaultProps: { attributes: { header: { role: "presentation" } } } },
    Skeleton: { defaultProps: { radius: "sm" } },
    Loader: { defaultProps: { size: "sm", color: "var(--ink2)" } },
  },
});
