import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Action,
  actionDurationMs,
  allActions,
  beginCreate,
  beginMotion,
  failedPrecondition,
  isOnHost,
  type Motion,
  observe,
  ruleOf,
  type VmState,
  vmStates,
} from "../../lambdas/compute/model/lifecycle.ts";

const now = 1_000_000;

const settledMotion = (vm: VmState): Motion => ({ ...beginCreate("create", 0), to: vm });
const lifecycleFields = (motion: Motion) => ({ motion, host: "novaless-1", launched: 0 });
const failureOf = (action: Action, motion: Motion, at: number) =>
  failedPrecondition(action, lifecycleFields(motion), at);

describe("what a server is, is worked out from its motion", () => {
  test("each leg shows for as long as it takes, then the server has arrived", () => {
    const motion = beginMotion("softReboot", settledMotion("active"), now);
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
    const motion = beginCreate("create", now);
    expect(
      [0, 99, 100, 1_000].map((after) => isOnHost(lifecycleFields(motion), now + after)),
    ).toEqual([false, false, true, true]);
  });

  test("whatever the motion, it is under way until it is due and at rest from then on", () => {
    const motions = fc.record({
      action: fc.constantFrom(...allActions),
      from: fc.constantFrom(...vmStates),
      // where a resize found it
      before: fc.constantFrom(...vmStates),
      at: fc.integer({ min: -2_000, max: 2_000 }),
    });
    fc.assert(
      fc.property(motions, ({ action, from, before, at }) => {
        const motion = beginMotion(action, { ...settledMotion(from), from: before }, now);
        const { vm, task } = observe(motion, motion.due + at);
        const { to, legs, powerOffLegs = [] } = ruleOf(action);
        const off = (from === "resized" ? before : from) === "stopped";
        const end = to === "same" ? from : to === "power" ? (off ? "stopped" : "active") : to;
        const between = [...legs, ...powerOffLegs].flatMap((leg) => leg.vm ?? []);
        if (at >= 0) expect(vm).toBe(end);
        else expect([from, ...between]).toContain(vm);
        expect(task === null).toBe(at >= 0 || legs.length === 0);
        expect(motion.due - now).toBe(actionDurationMs(action, end));
      }),
    );
  });
});

describe("where an action leads", () => {
  const way = (motion: Motion) => {
    const steps: unknown[] = [];
    for (let at = motion.due - 2_000; at <= motion.due; at += 50) {
      const { vm, task } = observe(motion, at);
      const step = `${vm} ${task ?? "-"}`;
      if (steps.at(-1) !== step) steps.push(step);
    }
    return steps;
  };

  test("E-25: a stopped server that is rebuilt comes up and is put out again", () => {
    expect(way(beginMotion("rebuild", settledMotion("stopped"), now))).toEqual([
      "stopped rebuilding",
      "stopped rebuild_block_device_mapping",
      "stopped rebuild_spawning",
      "active powering-off",
      "stopped -",
    ]);
    expect(beginMotion("rebuild", settledMotion("error"), now).to).toBe("active");
  });

  test("E-26: a resize is confirmed and reverted to what it found", () => {
    for (const vm of ["active", "stopped"] as const) {
      const resized = beginMotion("resize", settledMotion(vm), now);
      expect(way(resized).at(-1)).toBe("resized -");
      expect(beginMotion("confirmResize", resized, resized.due).to).toBe(vm);
      const reverted = beginMotion("revertResize", resized, resized.due);
      expect(way(reverted)).toEqual([
        "resized resize_reverting",
        ...(vm === "stopped" ? ["active powering-off"] : []),
        `${vm} -`,
      ]);
    }
  });

  test("E-41: a server is shelved for a moment before it is offloaded", () => {
    expect(way(beginMotion("shelve", settledMotion("active"), now)).slice(-2)).toEqual([
      "shelved shelving_offloading",
      "shelved_offloaded -",
    ]);
  });
});

describe("why an action may not begin", () => {
  test("E-40: what needs a host is refused for want of one before it is for its state", () => {
    const building = beginCreate("create", now);
    expect(failureOf("start", building, now)).toEqual({ attribute: "host" });
    expect(failureOf("softReboot", building, now)).toEqual({
      attribute: "vm_state",
      state: "building",
    });
    expect(failureOf("start", building, now + 100)).toEqual({
      attribute: "vm_state",
      state: "building",
    });
  });

  test("E-06: a hard reboot begins in more states than a soft one, and cuts one short", () => {
    const from = (action: "softReboot" | "hardReboot") =>
      vmStates.filter((vm) => failureOf(action, settledMotion(vm), now) === null);
    expect(from("softReboot")).toEqual(["active"]);
    expect(from("hardReboot")).toEqual(["active", "paused", "suspended", "stopped", "error"]);
    const rebooting = beginMotion("softReboot", settledMotion("active"), now);
    expect(failureOf("hardReboot", rebooting, now)).toBeNull();
    expect(failureOf("softReboot", rebooting, now)).toEqual({
      attribute: "task_state",
      state: "rebooting",
    });
  });

  test("E-40: what has never been on a host, or never come up, is refused for that last but for its state", () => {
    const failed = { motion: settledMotion("error"), host: "novaless-1", launched: null };
    const unplaced = { ...failed, host: "" };
    expect(failedPrecondition("stop", unplaced, now)).toEqual({ attribute: "host" });
    expect(failedPrecondition("stop", failed, now)).toEqual({ attribute: "launched_at" });
    expect(failedPrecondition("pause", failed, now)).toEqual({
      attribute: "vm_state",
      state: "error",
    });
    expect(failedPrecondition("rebuild", unplaced, now)).toEqual({ attribute: "launched_at" });
    expect(failedPrecondition("delete", unplaced, now)).toBeNull();
  });

  test("E-07: a server can be deleted whatever it is doing, but once", () => {
    for (const action of allActions.filter((one) => one !== "delete"))
      expect(
        failureOf("delete", beginMotion(action, settledMotion("active"), now), now),
      ).toBeNull();
    expect(failureOf("delete", beginMotion("delete", settledMotion("active"), now), now)).toEqual({
      attribute: "task_state",
      state: "deleting",
    });
  });
});
