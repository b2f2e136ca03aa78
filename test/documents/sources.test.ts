import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { permalinkOf, readPins } from "../../infra/documents/sources.ts";
import { commentsIn } from "../shape/comments.ts";
import { listSources, root } from "../shape/sources.ts";
import { badPointers } from "../shape/words.ts";

const pins = readPins();

describe("the pins in docs/sources.md", () => {
  test("name each project once", () => {
    const projects = pins.map(({ project }) => project);
    expect(projects).toEqual([...new Set(projects)]);
    expect(projects).toContain("nova");
  });

  test("are whole commits or tags", () => {
    const loose = pins.filter(({ revision }) => !/^([0-9a-f]{40}|\d+\.\d+\.\d+)$/.test(revision));
    expect(loose).toEqual([]);
  });
});

describe("permalinkOf", () => {
  const somePins = [
    { project: "nova", repository: "nova", revision: "1.2.3" },
    { project: "oslo_utils", repository: "oslo.utils", revision: "4.5.6" },
  ];

  test.each([
    [
      "nova/compute/api.py:5020",
      "https://github.com/openstack/nova/blob/1.2.3/nova/compute/api.py#L5020",
    ],
    [
      "oslo_utils/strutils.py",
      "https://github.com/openstack/oslo.utils/blob/4.5.6/oslo_utils/strutils.py",
    ],
  ])("%s is %s", (pointer, address) => {
    expect(permalinkOf(pointer, somePins)).toBe(address);
  });

  test.each([
    ["api.py:5020", "not a source pointer"],
    ["nova@00a0304:compute/api.py", "not a source pointer"],
    ["horizon/base.py:1", '"horizon" has no pin in docs/sources.md; projects with one: nova'],
  ])("refuses %s", (pointer, message) => {
    expect(() => permalinkOf(pointer, somePins)).toThrow(message);
  });
});

test("npm run sources prints an address a line and exits 1 on a bad pointer", async () => {
  const script = join(root, "infra/documents/print-sources.ts");
  const run = (...pointers: string[]) =>
    promisify(execFile)(process.execPath, [script, ...pointers]);
  expect((await run("nova/compute/api.py:5020", "cinder/exception.py")).stdout).toMatch(
    /^https:\S+\/nova\/compute\/api\.py#L5020\nhttps:\S+\/cinder\/exception\.py\n$/,
  );
  await expect(run("api.py")).rejects.toMatchObject({ code: 1, stdout: "" });
});

describe("source pointers in comments", () => {
  const sources = ["lambdas", "infra", "test"]
    .flatMap(listSources)
    // its comments show the form itself
    .filter(({ file }) => file !== "test/shape/words.ts");

  test("are written project/path/file.py:line", () => {
    const bad = sources.flatMap(badPointers).map(({ place, text }) => `${place} ${text}`);
    expect(bad).toEqual([]);
  });

  test("name projects with a pin", () => {
    const pinned = new Set(pins.map(({ project }) => project));
    const pointer = /(?<![\w./-])(\w+)(?:\/[\w.-]+)+\.py\b/g;
    const unpinned = sources.flatMap(({ file, text }) =>
      commentsIn(text).flatMap(({ line, text: comment }) =>
        [...comment.matchAll(pointer)]
          .filter(([, project = ""]) => !pinned.has(project))
          .map(([whole]) => `${file}:${line} ${whole}: add a pin to docs/sources.md`),
      ),
    );
    expect(unpinned).toEqual([]);
  });
});
