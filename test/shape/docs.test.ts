import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./sources.ts";

const maxLineLength = 120;

const pages = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file.replaceAll("\\", "/")}`),
].map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));

test("no line of a page is longer than 120 characters", () => {
  const long = pages.flatMap(({ file, text }) =>
    text
      .split("\n")
      .map((line, i) => ({ place: `${file}:${i + 1}`, length: [...line].length }))
      .filter(({ length }) => length > maxLineLength)
      .map(({ place, length }) => `${place} has ${length} characters`),
  );
  expect(long).toEqual([]);
});

test("every relative link of a page leads to a file", () => {
  const broken = pages.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, link = ""]) => link)
      .filter((link) => !existsSync(join(root, dirname(file), link)))
      .map((link) => `${file} links to ${link}`),
  );
  expect(broken).toEqual([]);
});

/** Paths of sources that examples or history name. */
const namedOnPurpose = new Set([
  "lambdas/compute/hypervisors/show-hypervisor-load.ts",
  "lambdas/compute/servers/actions/hibernate-server.ts",
]);

test("every source path that a page names exists", () => {
  const missing = pages
    .filter(({ file }) => file !== "CHANGELOG.md")
    .flatMap(({ file, text }) =>
      [...text.matchAll(/`((?:lambdas|infra|test|docs|events)\/[\w./-]*\w)`/g)]
        .map(([, path = ""]) => path)
        .filter((path) => !namedOnPurpose.has(path) && !existsSync(join(root, path)))
        .map((path) => `${file} names ${path}`),
    );
  expect(missing).toEqual([]);
});

test("the index of the documentation names every page", () => {
  const index = pages.find(({ file }) => file === "docs/README.md")?.text ?? "";
  const unlisted = pages
    .map(({ file }) => file)
    .filter((file) => /^docs\/[^/]+\.md$/.test(file) && file !== "docs/README.md")
    .filter((file) => !index.includes(`(${file.slice("docs/".length)})`));
  expect(unlisted).toEqual([]);
});
