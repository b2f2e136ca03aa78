import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../shape/sources.ts";

const pages = [
  ...["README.md", "CHANGELOG.md", "CONTRIBUTING.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file))
    .sort(),
].map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));

const maxLineLength = 120;

function proseLines(text: string): { readonly number: number; readonly line: string }[] {
  let isCode = false;
  return text.split("\n").flatMap((line, i) => {
    if (/^\s*```/.test(line)) isCode = !isCode;
    return isCode || /^\s*(\||```)/.test(line) ? [] : [{ number: i + 1, line }];
  });
}

test("lines of prose have at most 120 characters", () => {
  const long = pages.flatMap(({ file, text }) =>
    proseLines(text)
      .filter(({ line }) => [...line].length > maxLineLength)
      .map(({ number, line }) => `${file}:${number} has ${[...line].length} characters`),
  );
  expect(long).toEqual([]);
});

/** Files that CONTRIBUTING.md has the reader write. */
const exampleFiles = new Set([
  "lambdas/compute/hypervisors/show-hypervisor-load.ts",
  "lambdas/compute/servers/actions/hibernate-server.ts",
]);
const namedPath = /`((?:docs|infra|lambdas|test|events)\/[\w./-]*)`/g;

test("paths in backticks exist", () => {
  const missing = pages
    .filter(({ file }) => file !== "CHANGELOG.md")
    .flatMap(({ file, text }) =>
      [...text.matchAll(namedPath)]
        .map(([, path = ""]) => path)
        .filter((path) => !exampleFiles.has(path) && !existsSync(join(root, path)))
        .map((path) => `${file}: ${path}`),
    );
  expect(missing).toEqual([]);
});

test("links between pages lead to files", () => {
  const broken = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !existsSync(join(root, dirname(file), target)))
      .map((target) => `${file}: ${target}`),
  );
  expect(broken).toEqual([]);
});
