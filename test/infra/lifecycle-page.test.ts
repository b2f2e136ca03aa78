import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import {
  actionsTable,
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

/** The cells of a section's rows, by the first cell. */
const sectionRows = (name: string) => {
  const [, part = ""] =
    new RegExp(`<!-- ${name} -->\n([\\s\\S]*?)\n<!-- / -->`).exec(document) ?? [];
  const rows = part.split("\n").map((line) => line.split(" | "));
  return new Map(rows.map(([first = "", ...others]) => [first.replaceAll(/[|` ]/g, ""), others]));
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

  test("has a row for every action, failure variant, state and task", () => {
    const tasks = allActions.flatMap((action) => {
      const { legs, powerOffLegs = [] } = ruleOf(action);
      return [...legs, ...powerOffLegs].map(({ task }) => task);
    });
    for (const action of allActions)
      expect(
        sectionRows(requestedActionOf(action) === action ? "actions" : "failures").has(action),
      ).toBe(true);
    for (const vm of vmStates) expect(sectionRows("states").has(vm)).toBe(vm !== "deleted");
    for (const task of tasks) expect(sectionRows("tasks").has(task), task).toBe(true);
  });

  test("E-04, E-26: states the measured behaviour", () => {
    const [, , , , , status] = sectionRows("actions").get("softReboot") ?? [];
    expect(status).toBe("`REBOOT`");
    for (const silent of ["start", "stop", "pause", "delete"])
      expect(sectionRows("actions").get(silent)?.[5]).toBe("as before");
    expect(sectionRows("actions").get("confirmResize")?.[4]).toBe(
      "`stopped` where it was off, else `active`",
    );
    expect(sectionRows("tasks").get("resize_prep")).toEqual(["`active`, `stopped`: `RESIZE` |"]);
  });
});

test("npm run lifecycle prints the table and accepts no other option", async () => {
  const lifecycle = (...args: string[]) =>
    promisify(execFile)(process.execPath, [
      join(root, "infra/documents/print-lifecycle.ts"),
      ...args,
    ]);
  expect((await lifecycle()).stdout).toBe(`${actionsTable()}\n`);
  await expect(lifecycle("--wirte")).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("--wirte is no option"),
  });
});
