import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expiredOn, tagNames, tagsOf } from "../../infra/aws/expiry.ts";
import { stageNamed } from "../../infra/aws/stages.ts";

const pr = stageNamed("pr-7");
const told = (
  name: string,
  Tags: Record<string, string>,
  CreationTime = "2026-11-01T10:00:00Z",
) => ({
  StackName: name,
  CreationTime,
  Tags: Object.entries(Tags).map(([Key, Value]) => ({ Key, Value })),
});

test("the stack of a pull request says when its time is up, or how long it has", () => {
  expect(tagsOf(pr, "2026-12-31")).toEqual({
    "novaless:stage": "pr-7",
    "novaless:expires": "2026-12-31",
  });
  expect(tagsOf(pr)).toEqual({ "novaless:stage": "pr-7", "novaless:lives-for-days": "14" });
  expect(() => tagsOf(pr, "tomorrow")).toThrow(/no day/);
});

test("no other stage has an end that it does not ask for", () => {
  for (const name of ["dev", "staging", "prod"])
    expect(tagsOf(stageNamed(name))).toEqual({ "novaless:stage": name });
});

test("a stack is to be cleaned up from its day on, or so long after its last deployment", () => {
  const dated = told("dated", tagsOf(pr, "2026-11-20"));
  const counted = told("counted", tagsOf(pr));
  const deployedAgain = {
    ...counted,
    StackName: "again",
    LastUpdatedTime: "2026-11-10T00:00:00Z",
  };
  const others = [
    told("prod", tagsOf(stageNamed("prod"))),
    told("foreign", { [tagNames.expires]: "2020-01-01" }),
    told("odd", { ...tagsOf(pr), [tagNames.livesFor]: "-1" }),
  ];
  const all = [dated, counted, deployedAgain, ...others];

  expect(expiredOn("2026-11-14", all)).toEqual([]);
  expect(expiredOn("2026-11-15", all)).toEqual(["counted"]);
  expect(expiredOn("2026-11-20", all)).toEqual(["dated", "counted"]);
  expect(expiredOn("2026-11-24", all)).toEqual(["dated", "counted", "again"]);
  expect(() => expiredOn("", all)).toThrow(/no day/);
});

test("what has expired stays expired", () => {
  const days = fc.date({
    min: new Date("2020-01-01"),
    max: new Date("2030-01-01"),
    noInvalidDate: true,
  });
  const day = days.map((date) => date.toISOString().slice(0, 10));

  fc.assert(
    fc.property(day, day, day, (expires, one, other) => {
      const [earlier = "", later = ""] = [one, other].toSorted();
      const stacks = [
        told("pr", tagsOf(pr, expires)),
        told("counted", tagsOf(pr), `${expires}T01:00:00Z`),
      ];
      expect(expiredOn(later, stacks)).toEqual(expect.arrayContaining(expiredOn(earlier, stacks)));
      expect(expiredOn(expires, stacks)).toContain("pr");
    }),
  );
});

test("the command reads what is told of all stacks, and names those whose time is up", () => {
  const Stacks = [told("old", tagsOf(pr, "2026-11-20")), told("new", tagsOf(pr, "2026-12-20"))];
  const command = join(import.meta.dirname, "../../infra/aws/expired.ts");

  expect(
    execFileSync(process.execPath, [command, "2026-11-21"], {
      input: JSON.stringify({ Stacks }),
      encoding: "utf8",
    }),
  ).toBe("old\n");
});
