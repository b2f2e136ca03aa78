import type { Instant } from "../../core/instant.ts";

/**
 * As a server does, what Cinder keeps remembers where it is going: what it is on the way stands in it,
 * `motion` has when it arrives and what it then is. No timer moves it (see domain/lifecycle.ts).
 */
export interface Motion<Becoming> {
  readonly due: Instant;
  readonly becoming: Becoming | "gone";
}

/** How long Cinder is at anything, in milliseconds. */
export const takes = 500;

interface Moving {
  readonly motion: Motion<object> | null;
  readonly updated: Instant | null;
}

/** As it is at `now`; null once it is gone. */
export function seenAt<Thing extends Moving>(thing: Thing, now: Instant): Thing | null {
  const { motion } = thing;
  if (!motion || now < motion.due) return thing;
  if (motion.becoming === "gone") return null;
  return { ...thing, updated: motion.due, ...motion.becoming, motion: null };
}

/** Those that are there at `now`, as they are then. */
export const seenOf = <Thing extends Moving>(all: readonly Thing[], now: Instant): Thing[] =>
  all.flatMap((thing) => seenAt(thing, now) ?? []);

/** Whether it is gone and only its record is left. */
export const isGone = <Thing extends Moving>(thing: Thing, now: Instant): boolean =>
  seenAt(thing, now) === null;
