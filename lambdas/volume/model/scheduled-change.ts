import type { Instant } from "../../core/instant.ts";

/** A resource's next state; reads apply it once due, no timer does. */
export interface ScheduledChange<Becoming> {
  readonly due: Instant;
  readonly becoming: Becoming | "gone";
}

export const delayMs = 500;

interface Changeable {
  readonly motion: ScheduledChange<object> | null;
  readonly updated: Instant | null;
}

/** The resource at `now`; null once deleted. */
export function stateAt<Thing extends Changeable>(resource: Thing, now: Instant): Thing | null {
  const { motion } = resource;
  if (!motion || now < motion.due) return resource;
  if (motion.becoming === "gone") return null;
  return { ...resource, updated: motion.due, ...motion.becoming, motion: null };
}

export const statesAt = <Thing extends Changeable>(all: readonly Thing[], now: Instant): Thing[] =>
  all.flatMap((resource) => stateAt(resource, now) ?? []);

export const isDeleted = <Thing extends Changeable>(resource: Thing, now: Instant): boolean =>
  stateAt(resource, now) === null;
