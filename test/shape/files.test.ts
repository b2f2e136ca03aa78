import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listSources, productSources, root } from "./sources.ts";

describe("sizes", () => {
  const lengths = productSources.map(({ file, text }) => ({
    file,
    lines: text.split("\n").length,
  }));
  /** A table of data has no structure to divide it by. */
  const tables = new Set(["lambdas/compute/model/lifecycle-table.ts"]);

  test("no source file is longer than 250 lines", () => {
    expect(lengths.filter(({ file, lines }) => lines > 250 && !tables.has(file))).toEqual([]);
  });

  test("the median file is under 80 lines", () => {
    const sorted = lengths.map(({ lines }) => lines).sort((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(80);
  });
});

test("no file or folder is called utils, helpers, common, shared, misc or lib", () => {
  const banned = /\b(utils?|helpers?|common|shared|misc|lib)\b/;
  expect(productSources.map(({ file }) => file).filter((file) => banned.test(file))).toEqual([]);
});

test("no source uses any, ts-ignore or a non-null !", () => {
  const banned = /: any\b|\bas any\b|<any>|@ts-|\w!\.|\w!;|biome-ignore/;
  expect(productSources.filter(({ text }) => banned.test(text)).map(({ file }) => file)).toEqual(
    [],
  );
});

test("no operation builds a link: the views of its resource do", () => {
  const banned = /\$\{(\w+\.)?origin\}|(?<!\w)links: |"\/v[23]/;
  const operationFiles = productSources.filter(({ text }) => text.includes("= operation({"));
  const bodies = operationFiles.map(({ file, text }) => ({
    file,
    text: text.replace(/^ {2}route: .*$/m, ""),
  }));
  expect(bodies.filter(({ text }) => banned.test(text)).map(({ file }) => file)).toEqual([]);
});

test("no test mocks a module or the SDK", () => {
  const banned = /vi\.mock|aws-sdk-client-mock|\b(test|it|describe)\.(skip|only)\b/;
  const tests = listSources("test")
    .map(({ file }) => file)
    .filter((file) => file !== "test/shape/files.test.ts");
  expect(tests.filter((file) => banned.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
});
