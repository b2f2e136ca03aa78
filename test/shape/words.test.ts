import { describe, expect, test } from "vitest";
import { listSources, productSources } from "./sources.ts";
import {
  badPointers,
  type Finding,
  retiredIdentifiers,
  topLevelNames,
  unclearComments,
} from "./words.ts";

const lines = (findings: readonly Finding[]): string[] =>
  findings.map(({ place, text }) => `${place} ${text}`);

describe("words", () => {
  test("identifiers use no word that the glossary replaced", () => {
    expect(lines(productSources.flatMap(retiredIdentifiers))).toEqual([]);
  });

  test("comments are plain sentences", () => {
    expect(lines(productSources.flatMap(unclearComments))).toEqual([]);
  });

  test("pointers to sources have the one form that docs/sources.md describes", () => {
    expect(lines(productSources.flatMap(badPointers))).toEqual([]);
  });

  test("no top-level name is defined in more than three modules", () => {
    const sources = [...productSources, ...listSources("test")];
    const imported = new Set(sources.flatMap(({ imports }) => imports.map(({ from }) => from)));
    // scripts and test files are not imported, so their names cannot be confused
    const modules = sources.filter(({ file }) => imported.has(file));
    const files = new Map<string, string[]>();
    for (const source of modules)
      for (const name of topLevelNames(source))
        files.set(name, [...(files.get(name) ?? []), source.file]);
    // `body` is every operation's own schema
    files.delete("body");
    expect([...files].filter(([, defining]) => defining.length > 3)).toEqual([]);
  });
});
