import type { Schemas } from "@/api/client";

type FileMaking = Schemas["FileMakingOut"];

/** What the server tells of something that it makes in the background. */
export const making = (state: FileMaking["state"], more: Partial<FileMaking> = {}): FileMaking => ({
  id: "m1",
  name: "Wydruk.pdf",
  state,
  failure: "",
  lines: [],
  has_file: false,
  ...more,
});
