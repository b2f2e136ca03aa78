/**
 * Fault injection, not part of Nova: the metadata of a server, or the extra specs of a flavor, ask
 * for failures and delays.
 */

import { noValidHostText } from "./host-filters.ts";
import {
  type Action,
  allActions,
  type FailureVariant,
  type Motion,
  type RequestedAction,
  ruleOf,
} from "./lifecycle.ts";
import type { Metadata, Server, ServerFault } from "./server.ts";
import type { PlannedChange } from "./server-changes.ts";

/**
 * Actions to fail, separated by commas: "create", or one failure variant such as "resizeUnplaced".
 */
export const failKey = "novaless:fail";

/** Seconds added to an action. */
export const delayKey = "novaless:delay";

const maxDelaySeconds = 3_600;

/** Metadata and extra specs. */
export type FaultHints = Readonly<Record<string, string>>;

export const faultHints = (
  { metadata, flavor }: { readonly metadata: Metadata; readonly flavor: Server["flavor"] },
  next: Pick<Partial<Server>, "metadata" | "flavor"> = {},
): FaultHints => ({
  ...flavor?.extraSpecs,
  ...next.flavor?.extraSpecs,
  ...(next.metadata ?? metadata),
});

const isFailure = (action: Action): action is FailureVariant =>
  ruleOf(action).failureOf !== undefined;

/** The failure variant to run, or null. Without an explicit one, prefers `<action>Failed`. */
export function requestedFailure(
  requestedAction: RequestedAction,
  hints: FaultHints,
): FailureVariant | null {
  const requested = new Set((hints[failKey] ?? "").split(",").map((name) => name.trim()));
  const variants = allActions
    .filter(isFailure)
    .filter((action) => ruleOf(action).failureOf === requestedAction);
  const explicit = variants.find((variant) => requested.has(variant));
  if (explicit || !requested.has(requestedAction)) return explicit ?? null;
  return variants.find((variant) => variant === `${requestedAction}Failed`) ?? variants[0] ?? null;
}

export function extraDelayMs(hints: FaultHints): number {
  const seconds = Number(hints[delayKey] ?? 0);
  return seconds > 0 ? Math.min(seconds, maxDelaySeconds) * 1_000 : 0;
}

export const withDelay = (motion: Motion, hints: FaultHints): Motion => ({
  ...motion,
  due: motion.due + extraDelayMs(hints),
});

/** Nova's messages, where they differ from "No valid host". */
const faultMessages: Partial<Record<FailureVariant, (id: string) => string>> = {
  // nova/conductor/manager.py:712, nova/exception.py:1373
  createFailed: (id) =>
    `Exceeded maximum number of retries. Exhausted all hosts available for retrying build failures for instance ${id}.`,
  // nova/exception.py:1322, 1292, 554
  resizeFailed: () => "Resize error: it was asked to fail",
  migrateFailed: () => "Migration error: it was asked to fail",
  rebuildFailed: () => "Failed to deploy instance: it was asked to fail",
  unshelveFailed: () => "Failed to deploy instance: it was asked to fail",
};

/** `details` is for administrators. */
export const toServerFault = (
  failure: FailureVariant,
  {
    id,
    created,
    details = null,
  }: Pick<ServerFault, "created"> & { id: string; details?: string | null },
): ServerFault => ({
  code: 500,
  message: faultMessages[failure]?.(id) ?? noValidHostText,
  details,
  created,
});

/**
 * Replaces the plan by the requested failure, or adds the requested delay. `beginMotion` returns
 * the motion of an action.
 */
export function applyFaultHints(
  server: Server,
  requestedAction: RequestedAction,
  plan: PlannedChange,
  beginMotion: (action: Action) => Motion,
): PlannedChange {
  const hints = faultHints(server, plan.changes);
  const failure = requestedFailure(requestedAction, hints);
  if (failure !== null && !(plan.action && isFailure(plan.action))) {
    const failsAt = beginMotion(failure).due;
    const fault = toServerFault(failure, {
      id: server.id,
      created: failsAt,
      details: injectedFaultText,
    });
    return { changes: { fault }, action: failure };
  }
  const { before: migrationContext } = plan.changes;
  const delay = extraDelayMs(faultHints(server));
  if (!migrationContext || delay === 0) return plan;
  return {
    ...plan,
    changes: {
      ...plan.changes,
      before: { ...migrationContext, until: migrationContext.until + delay },
    },
  };
}

export const injectedFaultText = `It was asked to fail, by ${failKey} in its metadata or its flavor's extra specs.`;
