/**
 * Failures on purpose: whoever wants to see what becomes of their tools when Nova fails says so in the
 * metadata of a server, or an administrator in the extra specs of a flavor. Nothing of it is Nova's.
 */

import { noValidHost } from "./host-filters.ts";
import { type Action, actions, type Deed, type Failure, type Motion, ruleOf } from "./lifecycle.ts";
import type { Metadata, Server, ServerFault } from "./server.ts";
import type { Remade } from "./server-changes.ts";

/** Actions that are to fail, with commas between them: "create", or by the row that is meant "resizeUnplaced". */
export const failKey = "novaless:fail";

/** Seconds that an action is to take longer. */
export const delayKey = "novaless:delay";

/** In seconds. */
const longestDelay = 3_600;

/** What is said of a server that its actions go by. */
export type Signs = Readonly<Record<string, string>>;

export const signsOf = (
  { metadata, flavor }: { readonly metadata: Metadata; readonly flavor: Server["flavor"] },
  next: Pick<Partial<Server>, "metadata" | "flavor"> = {},
): Signs => ({
  ...flavor?.extraSpecs,
  ...next.flavor?.extraSpecs,
  ...(next.metadata ?? metadata),
});

const isFailure = (action: Action): action is Failure => ruleOf(action).fails !== undefined;

/**
 * As what an action is to fail; null where it is not. Where it can in several ways and none is named, it
 * fails on its host, if it can there.
 */
export function failureOf(deed: Deed, signs: Signs): Failure | null {
  const asked = new Set((signs[failKey] ?? "").split(",").map((name) => name.trim()));
  const ways = actions.filter(isFailure).filter((action) => ruleOf(action).fails === deed);
  const named = ways.find((way) => asked.has(way));
  if (named || !asked.has(deed)) return named ?? null;
  return ways.find((way) => way === `${deed}Failed`) ?? ways[0] ?? null;
}

/** In milliseconds. */
export function delayOf(signs: Signs): number {
  const seconds = Number(signs[delayKey] ?? 0);
  return seconds > 0 ? Math.min(seconds, longestDelay) * 1_000 : 0;
}

export const slowed = (motion: Motion, signs: Signs): Motion => ({
  ...motion,
  due: motion.due + delayOf(signs),
});

/** Nova's words for it, where they are not that no host was found. */
const messages: Partial<Record<Failure, (id: string) => string>> = {
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
export const faultOf = (
  failure: Failure,
  {
    id,
    created,
    details = null,
  }: Pick<ServerFault, "created"> & { id: string; details?: string | null },
): ServerFault => ({
  code: 500,
  message: messages[failure]?.(id) ?? noValidHost,
  details,
  created,
});

/**
 * What becomes of a server that is to fail, or to take long; `begun` is the motion of the action that it
 * turns out to be. One that fails becomes nothing but that, whatever it was to become.
 */
export function asMeant(
  server: Server,
  deed: Deed,
  remade: Remade,
  begun: (action: Action) => Motion,
): Remade {
  const signs = signsOf(server, remade.changes);
  const failure = failureOf(deed, signs);
  if (failure !== null && !(remade.action && isFailure(remade.action))) {
    const created = begun(failure).due;
    const fault = faultOf(failure, { id: server.id, created, details: onPurpose });
    return { changes: { fault }, action: failure };
  }
  const { before } = remade.changes;
  const delay = delayOf(signsOf(server));
  if (!before || delay === 0) return remade;
  return {
    ...remade,
    changes: { ...remade.changes, before: { ...before, until: before.until + delay } },
  };
}

export const onPurpose = `It was asked to fail, by ${failKey} in its metadata or its flavor's extra specs.`;
