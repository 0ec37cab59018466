import { expect, it } from "vitest";
import { modules } from "@/app/modules";

const folders = Object.keys(import.meta.glob("../modules/*/*.{ts,tsx}")).map((path) => path.split("/")[2] ?? "");

it("finds the module of every folder, by the folder's own name", () => {
  expect(modules.map(({ label }) => label).sort()).toEqual([...new Set(folders)].sort());
});

it("gives each module a place of its own, so that the menu has one order", () => {
  const places = modules.map(({ place }) => place);
  expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
});
