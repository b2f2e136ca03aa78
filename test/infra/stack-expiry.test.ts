import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expiredStacks, stackTags, tagNames } from "../../infra/aws/stack-expiry.ts";
import { stageNamed } from "../../infra/aws/stages.ts";

const pr = stageNamed("pr-7");
const stackDescription = (
  name: string,
  Tags: Record<string, string>,
  CreationTime = "2026-11-01T10:00:00Z",
) => ({
  StackName: name,
  CreationTime,
  Tags: Object.entries(Tags).map(([Key, Value]) => ({ Key, Value })),
});

test("a pull request's stack shows its expiry or remaining time", () => {
  expect(stackTags(pr, "2026-12-31")).toEqual({
    "novaless:stage": "pr-7",
    "novaless:expires": "2026-12-31",
  });
  expect(stackTags(pr)).toEqual({ "novaless:stage": "pr-7", "novaless:lives-for-days": "14" });
  expect(() => stackTags(pr, "tomorrow")).toThrow(/Invalid date/);
});

test("no other stage expires unless configured", () => {
  for (const name of ["dev", "staging", "prod"])
    expect(stackTags(stageNamed(name))).toEqual({ "novaless:stage": name });
});

test("a stack expires on its day, or after the time since its last deployment", () => {
  const dated = stackDescription("dated", stackTags(pr, "2026-11-20"));
  const counted = stackDescription("counted", stackTags(pr));
  const deployedAgain = {
    ...counted,
    StackName: "again",
    LastUpdatedTime: "2026-11-10T00:00:00Z",
  };
  const others = [
    stackDescription("prod", stackTags(stageNamed("prod"))),
    stackDescription("foreign", { [tagNames.expires]: "2020-01-01" }),
    stackDescription("odd", { ...stackTags(pr), [tagNames.livesFor]: "-1" }),
  ];
  const all = [dated, counted, deployedAgain, ...others];

  expect(expiredStacks("2026-11-14", all)).toEqual([]);
  expect(expiredStacks("2026-11-15", all)).toEqual(["counted"]);
  expect(expiredStacks("2026-11-20", all)).toEqual(["dated", "counted"]);
  expect(expiredStacks("2026-11-24", all)).toEqual(["dated", "counted", "again"]);
  expect(() => expiredStacks("", all)).toThrow(/Invalid date/);
});

test("property: an expired stack stays expired", () => {
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
        stackDescription("pr", stackTags(pr, expires)),
        stackDescription("counted", stackTags(pr), `${expires}T01:00:00Z`),
      ];
      expect(expiredStacks(later, stacks)).toEqual(
        expect.arrayContaining(expiredStacks(earlier, stacks)),
      );
      expect(expiredStacks(expires, stacks)).toContain("pr");
    }),
  );
});

test("the command reads all stacks and names the expired ones", () => {
  const Stacks = [
    stackDescription("old", stackTags(pr, "2026-11-20")),
    stackDescription("new", stackTags(pr, "2026-12-20")),
  ];
  const command = join(import.meta.dirname, "../../infra/aws/list-expired-stacks.ts");

  expect(
    execFileSync(process.execPath, [command, "2026-11-21"], {
      input: JSON.stringify({ Stacks }),
      encoding: "utf8",
    }),
  ).toBe("old\n");
});
