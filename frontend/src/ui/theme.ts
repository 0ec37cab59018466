import {
  type Alert,
  type Badge,
  type Button,
  createTheme,
  type Drawer,
  type MantineColorsTuple,
  type Modal,
  type Paper,
  type Table,
} from "@mantine/core";

const navy: MantineColorsTuple = [
  "#eef4fb",
  "#d9e6f4",
  "#b3cce8",
  "#89afd9",
  "#6593cc",
  "#4a80c2",
  "#2f6cb3",
  "#1f5796",
  "#164477",
  "#123a63",
];

const danger: MantineColorsTuple = [
  "#fff5f5",
  "#fdecec",
  "#f3b3b3",
  "#ea8a8a",
  "#dd5e5e",
  "#cf3d3d",
  "#bb2a2a",
  "#a61b1b",
  "#8c1616",
  "#731111",
];

const caution: MantineColorsTuple = [
  "#fffbf0",
  "#fff4d9",
  "#ffd780",
  "#f7bd47",
  "#e0a01f",
  "#b97d0c",
  "#8f5f06",
  "#744b04",
  "#6f4400",
  "#523200",
];

const success: MantineColorsTuple = [
  "#f3fbf6",
  "#e8f6ee",
  "#a0d6b6",
  "#6fbf90",
  "#44a76f",
  "#2a8f57",
  "#1d7a48",
  "#166539",
  "#145a32",
  "#0d4325",
];

const TEXT_FONT = '"Source Sans 3 Variable", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Dialogs are papers too, but their parts have the padding. */
const OVERLAY = { content: { padding: 0, border: 0 }, title: { fontSize: "1.125rem", fontWeight: 650 } };

/** What a component's own `extend` takes. It is only an identity: calling it would put every component into the first load. */
type Of<C extends { extend: (settings: never) => unknown }> = Parameters<C["extend"]>[0];

const components = {
  Alert: { defaultProps: { variant: "light" } } satisfies Of<typeof Alert>,
  Badge: { styles: { root: { textTransform: "none" } } } satisfies Of<typeof Badge>,
  Button: { styles: { root: { fontWeight: 600 } } } satisfies Of<typeof Button>,
  Drawer: { styles: OVERLAY, defaultProps: { closeButtonProps: { "aria-label": "Zamknij" } } } satisfies Of<
    typeof Drawer
  >,
  Modal: {
    styles: OVERLAY,
    defaultProps: { centered: true, closeButtonProps: { "aria-label": "Zamknij" } },
  } satisfies Of<typeof Modal>,
  Paper: { defaultProps: { withBorder: true, p: "md" } } satisfies Of<typeof Paper>,
  Table: { defaultProps: { verticalSpacing: "xs" } } satisfies Of<typeof Table>,
};

/** One calm, official look. Every pair of colours used for text has at least 4.5:1 (WCAG 2.1, 1.4.3). */
export const theme = createTheme({
  colors: { navy, danger, caution, success },
  primaryColor: "navy",
  primaryShade: { light: 7, dark: 6 },
  black: "#1b2733",
  fontFamily: TEXT_FONT,
  headings: {
    fontFamily: TEXT_FONT,
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "1.75rem", lineHeight: "1.25" },
      h2: { fontSize: "1.25rem", lineHeight: "1.35" },
      h3: { fontSize: "1.0625rem", lineHeight: "1.4" },
    },
  },
  fontSizes: { xs: "0.8125rem", sm: "0.9375rem", md: "1rem", lg: "1.125rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.5" },
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components,
});
