import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const document = readFileSync(join(root, "docs/edges.md"), "utf8");

const edges = [...document.matchAll(/^- \*\*(E-\d\d)\*\* /gm)].map(([, id]) => id);
const flows = [...document.matchAll(/^- (?!\*\*)(.+)$/gm)].map(([, flow]) => flow);

const sources = readdirSync(join(root, "test/http"), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => readFileSync(join(root, "test/http", file), "utf8"));

const names = sources.flatMap((source) =>
  [...source.matchAll(/(["'`])((?:E-\d+|flow:)(?:(?!\1).)*)\1/g)].map(([, , name = ""]) => name),
);
const idsOf = (name: string) => /^E-\d+(?:, E-\d+)*(?=[:,])/.exec(name)?.[0].split(", ") ?? [];

test("the edges are E-01 to E-42, each once", () => {
  expect(edges).toEqual(
    Array.from({ length: 42 }, (_, index) => `E-${String(index + 1).padStart(2, "0")}`),
  );
});

test("every edge has a test that names it", () => {
  const tested = new Set(names.flatMap(idsOf));
  expect(edges.filter((id) => !tested.has(id ?? ""))).toEqual([]);
});

test("every edge in a title exists", () => {
  const wrong = names.filter(
    (name) =>
      !name.startsWith("flow:") &&
      (idsOf(name).length === 0 || idsOf(name).some((id) => !edges.includes(id))),
  );
  expect(wrong).toEqual([]);
});

test("every flow has exactly one test with its text", () => {
  const tested = names.filter((name) => name.startsWith("flow:")).map((name) => name.slice(6));
  expect(tested.sort()).toEqual(flows.sort());
});
