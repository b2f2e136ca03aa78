import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readExchange } from "../infra/local/recorded-exchange.ts";

const root = join(import.meta.dirname, "..");
const readText = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

interface Requirement {
  readonly id: string;
  /** An accident of the document; docs/differences.md may name it instead of a test. */
  readonly accidental: boolean;
}

/** The items of docs/requirements.md, which may take several lines. */
const requirements: readonly Requirement[] = readText("docs", "requirements.md")
  .split(/\n(?=- |\n)/)
  .flatMap((item) => {
    const [, id, text = ""] = /^- \*\*(S\d+-\d+)\*\* \([\w-]+\) ([\s\S]+)$/.exec(item) ?? [];
    return id ? [{ id, accidental: /artefact|optional|typo/i.test(text) }] : [];
  });
const ids = requirements.map(({ id }) => id);

const names: readonly string[] = readdirSync(join(root, "test"), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".test.ts"))
  .flatMap((file) => [...readText("test", file).matchAll(/(["'`])(S\d+-\d+(?:(?!\1).)*)\1/g)])
  .map(([, , name = ""]) => name);
const testedIds = new Set(names.map((name) => name.slice(0, name.indexOf(":"))));

const differences = existsSync(join(root, "docs/differences.md"))
  ? readText("docs", "differences.md")
  : "";

test("the requirements are those of five documents, each once", () => {
  expect(new Set(ids).size).toBe(ids.length);
  const counts = Object.groupBy(ids, (id) => id.slice(0, 2));
  expect(Object.entries(counts).map(([document, all]) => [document, all?.length])).toEqual([
    ["S1", 31],
    ["S2", 11],
    ["S3", 53],
    ["S4", 56],
    ["S5", 18],
  ]);
});

test("every requirement has a test, or is an accident in docs/differences.md", () => {
  const untested = requirements.filter(({ id }) => !testedIds.has(id));
  const unexplained = untested.filter(
    ({ id, accidental }) => !(accidental && new RegExp(`\\b${id}\\b`).test(differences)),
  );

  expect(unexplained.map(({ id }) => id)).toEqual([]);
});

test("every requirement id in a title exists and has one test", () => {
  const wrong = names.filter((name) => {
    const [first, ...more] = name.match(/S\d+-\d+/g) ?? [];
    return !/^S\d+-\d+: \S/.test(name) || more.length > 0 || !ids.includes(first ?? "");
  });

  expect(names.length).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
});

test("every exchange shows an existing requirement, and each document has one", () => {
  const shown = readdirSync(join(root, "events")).map(
    (file) => readExchange(join(root, "events", file)).requirement,
  );

  expect(shown.filter((id) => !ids.includes(id))).toEqual([]);
  expect([...new Set(shown.map((id) => id.slice(0, 2)))].sort()).toEqual([
    "S1",
    "S2",
    "S3",
    "S4",
    "S5",
  ]);
});
