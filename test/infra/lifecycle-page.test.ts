import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import {
  actionsList,
  lifecycleSections,
  updateLifecyclePage,
} from "../../infra/documents/lifecycle-page.ts";
import {
  allActions,
  requestedActionOf,
  ruleOf,
  vmStates,
} from "../../lambdas/compute/model/lifecycle.ts";

const root = join(import.meta.dirname, "../..");
const document = readFileSync(join(root, "docs/lifecycle.md"), "utf8");

const sectionItems = (name: string) => {
  const [, part = ""] =
    new RegExp(`<!-- ${name} -->\n([\\s\\S]*?)\n<!-- / -->`).exec(document) ?? [];
  const items = part.replaceAll("\n  ", " ").split("\n");
  return new Map(items.map((item) => [/`([^`]+)`/.exec(item)?.[1] ?? "", item]));
};

describe("docs/lifecycle.md", () => {
  test("equals the table: npm run lifecycle -- --write", () => {
    expect(document).toBe(updateLifecyclePage(document));
  });

  test("has a place for every printed section", () => {
    for (const [name, part] of Object.entries(lifecycleSections))
      expect([name, document.includes(`<!-- ${name} -->\n${part()}\n<!-- / -->`)]).toEqual([
        name,
        true,
      ]);
  });

  test("has an item for every action, failure variant, state and task", () => {
    const tasks = allActions.flatMap((action) => {
      const { legs, powerOffLegs = [] } = ruleOf(action);
      return [...legs, ...powerOffLegs].map(({ task }) => task);
    });
    for (const action of allActions)
      expect(
        sectionItems(requestedActionOf(action) === action ? "actions" : "failures").has(action),
      ).toBe(true);
    for (const vm of vmStates) expect(sectionItems("states").has(vm)).toBe(vm !== "deleted");
    for (const task of tasks) expect(sectionItems("tasks").has(task), task).toBe(true);
  });

  test("E-04, E-26: states the measured behaviour", () => {
    expect(sectionItems("actions").get("softReboot")).toContain("; status meanwhile: `REBOOT`;");
    for (const silent of ["start", "stop", "pause", "delete"])
      expect(sectionItems("actions").get(silent)).not.toContain("status meanwhile");
    expect(sectionItems("actions").get("confirmResize")).toContain(
      "; outcome: `stopped` where it was off, else `active`;",
    );
    expect(sectionItems("tasks").get("resize_prep")).toBe(
      "- **`resize_prep`**: seen as: `active`, `stopped`: `RESIZE`",
    );
  });
});

test("npm run lifecycle prints the table and accepts no other option", async () => {
  const lifecycle = (...args: string[]) =>
    promisify(execFile)(process.execPath, [
      join(root, "infra/documents/print-lifecycle.ts"),
      ...args,
    ]);
  expect((await lifecycle()).stdout).toBe(`${actionsList()}\n`);
  await expect(lifecycle("--wirte")).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("--wirte is no option"),
  });
});
