import type { Instant } from "../../core/instant.ts";

/**
 * As a server does, what Cinder keeps remembers where it is going: what it is on the way stands in it,
 * `motion` has when it arrives and what it then is. No timer moves it (see domain/lifecycle.ts).
 */
export interface ScheduledChange<Becoming> {
  readonly due: Instant;
  readonly becoming: Becoming | "gone";
}

/** How long Cinder is at anything, in milliseconds. */
export const delayMs = 500;

interface Changeable {
  readonly motion: ScheduledChange<object> | null;
  readonly updated: Instant | null;
}

/** As it is at `now`; null once it is gone. */
export function stateAt<Thing extends Changeable>(resource: Thing, now: Instant): Thing | null {
  const { motion } = resource;
  if (!motion || now < motion.due) return resource;
  if (motion.becoming === "gone") return null;
  return { ...resource, updated: motion.due, ...motion.becoming, motion: null };
}

/** Those that are there at `now`, as they are then. */
export const statesAt = <Thing extends Changeable>(all: readonly Thing[], now: Instant): Thing[] =>
  all.flatMap((resource) => stateAt(resource, now) ?? []);

/** Whether it is gone and only its record is left. */
export const isDeleted = <Thing extends Changeable>(resource: Thing, now: Instant): boolean =>
  stateAt(resource, now) === null;
