import { expect, it } from "vitest";
import { modules, routesOf } from "@/app/modules";
import { MENU_GROUPS } from "@/ui/module";

const folders = Object.keys(import.meta.glob("../modules/*/*.{ts,tsx}")).map((path) => path.split("/")[2] ?? "");

it("finds the module of every folder, by the folder's own name", () => {
  expect(modules.map(({ label }) => label).sort()).toEqual([...new Set(folders)].sort());
});

it("gives each module a place of its own, so that the menu has one order", () => {
  const places = modules.map(({ place }) => place);
  expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
});

it("brings the addresses of every module when one is asked for, and none of a module that does not exist", async () => {
  const counts = await Promise.all(modules.map(async ({ label }) => (await routesOf(label)).length));
  expect(Math.min(...counts)).toBeGreaterThan(0);
  expect(await routesOf("repairs")).toEqual([]);
});

it("heads the menu's lines with at most five titles of at most seven lines each", () => {
  const lines = modules.flatMap(({ menu }) => menu);
  const counts = Object.keys(MENU_GROUPS).map((group) => lines.filter((line) => line.group === group).length);
  expect(counts).toHaveLength(5);
  expect(Math.max(...counts)).toBeLessThanOrEqual(7);
  expect(Math.min(...counts)).toBeGreaterThan(0);
});
