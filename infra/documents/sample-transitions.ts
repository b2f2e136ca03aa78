import {
  type Action,
  actionDurationMs,
  allActions,
  beginMotion,
  type Motion,
  observe,
  requestedActionOf,
  ruleOf,
  type VmState,
} from "../../lambdas/compute/model/lifecycle.ts";

export const failureVariants = allActions.filter((action) => requestedActionOf(action) !== action);

/** A server in a state, after a resize where it is resized. */
export const settledMotion = (vm: VmState, found: VmState = "active"): Motion =>
  vm === "resized"
    ? beginMotion("resize", settledMotion(found), 0)
    : { action: "create", from: "building", to: vm, due: 0 };

/** States in which an action may begin; a create shows the state that it leads to. */
export const originStates = (action: Action): readonly VmState[] => {
  const { from } = ruleOf(action);
  return from.length > 0 ? from : ["building"];
};

/** Each origin with its outcome and the statuses in between. */
export const sampleTransitions = (action: Action) =>
  originStates(action).flatMap((vm) =>
    (vm === "resized" ? (["active", "stopped"] as const) : [undefined]).map((stateBeforeResize) => {
      const before = settledMotion(vm, stateBeforeResize);
      const motion = beginMotion(action, before, 10_000);
      const ends = actionDurationMs(action, motion.to);
      const instants = Array.from({ length: ends / 50 }, (_, i) => motion.due - ends + i * 50);
      return {
        vm,
        found: stateBeforeResize,
        motion,
        seen: instants.map((at) => observe(motion, at)),
      };
    }),
  );
