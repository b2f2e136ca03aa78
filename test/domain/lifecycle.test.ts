import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  actions,
  begin,
  durationOf,
  hosted,
  objection,
  observe,
  ruleOf,
  vmStates,
} from "../../lambdas/domain/lifecycle.ts";

const now = 1_000_000;

describe("what a server is, is worked out from its motion", () => {
  test("each leg shows for as long as it takes, then the server has arrived", () => {
    const motion = begin("softReboot", "active", now);
    const seen = [0, 299, 300, 499, 500, 999, 1_000].map((after) => observe(motion, now + after));
    expect(seen).toEqual([
      { vm: "active", task: "rebooting" },
      { vm: "active", task: "rebooting" },
      { vm: "active", task: "reboot_pending" },
      { vm: "active", task: "reboot_pending" },
      { vm: "active", task: "reboot_started" },
      { vm: "active", task: "reboot_started" },
      { vm: "active", task: null },
    ]);
  });

  test("a server being built has a host once it has been scheduled", () => {
    const motion = begin("create", "building", now);
    expect([0, 99, 100, 1_000].map((after) => hosted(motion, now + after))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test("whatever the motion, it is under way until it is due and at rest from then on", () => {
    const motions = fc.record({
      action: fc.constantFrom(...actions),
      from: fc.constantFrom(...vmStates),
      at: fc.integer({ min: -2_000, max: 2_000 }),
    });
    fc.assert(
      fc.property(motions, ({ action, from, at }) => {
        const motion = begin(action, from, now);
        const { vm, task } = observe(motion, motion.due + at);
        const { to } = ruleOf(action);
        expect(vm).toBe(at < 0 || to === "same" ? from : to);
        expect(task === null).toBe(at >= 0);
        expect(motion.due - now).toBe(durationOf(action));
      }),
    );
  });
});

describe("why an action may not begin", () => {
  const rest = (vm: (typeof vmStates)[number]) => ({ ...begin("create", "building", 0), to: vm });

  test("E-40: what needs a host is refused for want of one before it is for its state", () => {
    const building = begin("create", "building", now);
    expect(objection("start", building, now)).toEqual({ attribute: "host" });
    expect(objection("softReboot", building, now)).toEqual({
      attribute: "vm_state",
      state: "building",
    });
    expect(objection("start", building, now + 100)).toEqual({
      attribute: "vm_state",
      state: "building",
    });
  });

  test("E-06: a hard reboot begins in more states than a soft one, and cuts one short", () => {
    const from = (action: "softReboot" | "hardReboot") =>
      vmStates.filter((vm) => objection(action, rest(vm), now) === null);
    expect(from("softReboot")).toEqual(["active"]);
    expect(from("hardReboot")).toEqual(["active", "paused", "suspended", "stopped", "error"]);
    const rebooting = begin("softReboot", "active", now);
    expect(objection("hardReboot", rebooting, now)).toBeNull();
    expect(objection("softReboot", rebooting, now)).toEqual({
      attribute: "task_state",
      state: "rebooting",
    });
  });

  test("E-07: a server can be deleted whatever it is doing, but once", () => {
    for (const action of actions.filter((one) => one !== "delete"))
      expect(objection("delete", begin(action, "active", now), now)).toBeNull();
    expect(objection("delete", begin("delete", "active", now), now)).toEqual({
      attribute: "task_state",
      state: "deleting",
    });
  });
});
