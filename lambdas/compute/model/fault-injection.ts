/**
 * Failures on purpose: whoever wants to see what becomes of their tools when Nova fails says so in the
 * metadata of a server, or an administrator in the extra specs of a flavor. Nothing of it is Nova's.
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

/** Actions that are to fail, with commas between them: "create", or by the row that is meant "resizeUnplaced". */
export const failKey = "novaless:fail";

/** Seconds that an action is to take longer. */
export const delayKey = "novaless:delay";

/** In seconds. */
const maxDelaySeconds = 3_600;

/** What is said of a server that its actions go by. */
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

/**
 * As what an action is to fail; null where it is not. Where it can in several ways and none is named, it
 * fails on its host, if it can there.
 */
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

/** In milliseconds. */
export function extraDelayMs(hints: FaultHints): number {
  const seconds = Number(hints[delayKey] ?? 0);
  return seconds > 0 ? Math.min(seconds, maxDelaySeconds) * 1_000 : 0;
}

export const withDelay = (motion: Motion, hints: FaultHints): Motion => ({
  ...motion,
  due: motion.due + extraDelayMs(hints),
});

/** Nova's words for it, where they are not that no host was found. */
const faultMessages: Partial<Record<FailureVariant, (id: string) => string>> = {
  // nova/conductor/manager.py:712, exception.py:1373
  createFailed: (id) =>
    `Exceeded maximum number of retries. Exhausted all hosts available for retrying build failures for instance ${id}.`,
  // nova/exception.py:1322, 1292, 554
  resizeFailed: () => "Resize error: it was asked to fail",
  migrateFailed: () => "Migration error: it was asked to fail",
  rebuildFailed: () => "Failed to deploy instance: it was asked to fail",
  unshelveFailed: () => "Failed to deploy instance: it was asked to fail",
};

/** What a server shows that failed; `details` for administrators. */
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
 * What becomes of a server that is to fail, or to take long; `begun` is the motion of the action that it
 * turns out to be. One that fails becomes nothing but that, whatever it was to become.
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
