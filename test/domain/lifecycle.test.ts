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

describe("the state derived from a motion", () => {
  test("shows each leg for its duration, then the final state", () => {
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

  test("has a host once a new server is scheduled", () => {
    const motion = beginCreate("create", now);
    expect(
      [0, 99, 100, 1_000].map((after) => isOnHost(lifecycleFields(motion), now + after)),
    ).toEqual([false, false, true, true]);
  });

  test("property: is in progress until due, and at rest from then on", () => {
    const motions = fc.record({
      action: fc.constantFrom(...allActions),
      from: fc.constantFrom(...vmStates),
      // A resize may have started here.
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

describe("the result of an action", () => {
  const way = (motion: Motion) => {
    const steps: unknown[] = [];
    for (let at = motion.due - 2_000; at <= motion.due; at += 50) {
      const { vm, task } = observe(motion, at);
      const step = `${vm} ${task ?? "-"}`;
      if (steps.at(-1) !== step) steps.push(step);
    }
    return steps;
  };

  test("E-25: a rebuilt stopped server boots and is stopped again", () => {
    expect(way(beginMotion("rebuild", settledMotion("stopped"), now))).toEqual([
      "stopped rebuilding",
      "stopped rebuild_block_device_mapping",
      "stopped rebuild_spawning",
      "active powering-off",
      "stopped -",
    ]);
    expect(beginMotion("rebuild", settledMotion("error"), now).to).toBe("active");
  });

  test("E-26: confirm and revert return to the state before the resize", () => {
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

  test("E-41: a server is briefly shelved before it is offloaded", () => {
    expect(way(beginMotion("shelve", settledMotion("active"), now)).slice(-2)).toEqual([
      "shelved shelving_offloading",
      "shelved_offloaded -",
    ]);
  });
});

describe("the preconditions of an action", () => {
  test("E-40: a missing host is reported before a wrong state", () => {
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

  test("E-06: a hard reboot begins in more states than a soft one, and interrupts it", () => {
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

  test("E-40: never placed and never launched are reported last, before the state", () => {
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

  test("E-07: a server can be deleted in any state, once", () => {
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
