import type { Instant } from "../../core/instant.ts";
import {
  type Action,
  actionDurationMs,
  type Motion,
  requestedActionOf,
  requestedRuleOf,
  ruleOf,
} from "./lifecycle.ts";
import { isSideAction, type SideAction, sideActionRow } from "./side-action.ts";

/** The caller and the request. */
export interface Requester {
  /** `req-<uuid>`. */
  readonly request: string;
  readonly user: string;
  readonly project: string;
  /** True for administrators (E-05). */
  readonly canOverrideLock?: boolean;
}

/** Something that is done to a server without moving it, by whom and when. */
export interface ActionRecord {
  readonly action: SideAction;
  readonly by: Requester;
  readonly now: Instant;
}

export interface StartedAction extends Requester {
  readonly action: Action | SideAction;
  readonly start: Instant;
}

/** nova/objects/instance_action.py. */
export interface InstanceAction extends Requester {
  readonly name: string;
  readonly start: Instant;
  /** The end, or the start while it runs. */
  readonly updated: Instant;
  readonly message: string | null;
  /** null for `resetState`. */
  readonly event: {
    readonly name: string;
    readonly start: Instant;
    readonly finish: Instant | null;
    readonly result: "Success" | "Error" | null;
  } | null;
}

export function getActionNames(action: Action): {
  readonly action: string;
  readonly event: string | null;
} {
  const { instanceAction, event } = requestedRuleOf(requestedActionOf(action));
  return { action: instanceAction, event };
}

/**
 * Derives results, newest first: an action ends when its legs do or the next action begins, and an
 * interrupted one failed (nova/db/main/api.py action_event_finish). Side actions interrupt nothing.
 */
export function toInstanceActions(
  started: readonly StartedAction[],
  { due: arrivesAt }: Motion,
  now: Instant,
): InstanceAction[] {
  let next: StartedAction | null = null;
  return started.toReversed().map((current) => {
    const { action } = current;
    if (isSideAction(action))
      return toInstanceAction(current, current.start, sideActionRow(action), now);
    // only the motion knows a requested delay of the last action
    const plannedEnd = next === null ? arrivesAt : current.start + actionDurationMs(action);
    // hastening a migration does not interrupt it
    const due = next?.action === "forceLiveMigration" ? next.start : plannedEnd;
    const endsAt = Math.min(due, next?.start ?? Infinity);
    next = current;
    return toInstanceAction(
      current,
      endsAt,
      getActionNames(action),
      now,
      endsAt < due || ruleOf(action).failureOf,
    );
  });
}

function toInstanceAction(
  { action: _, start, ...requester }: StartedAction,
  endsAt: Instant,
  { action: name, event }: { readonly action: string; readonly event: string | null },
  now: Instant,
  hasFailed: string | boolean = false,
): InstanceAction {
  const finish = endsAt <= now ? endsAt : null;
  const result = finish === null ? null : hasFailed ? "Error" : "Success";
  return {
    ...requester,
    name,
    start,
    updated: finish ?? start,
    message: result === "Error" ? "Error" : null,
    event: event === null ? null : { name: event, start, finish, result },
  };
}
