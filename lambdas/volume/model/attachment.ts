import { malformed } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { takes } from "./scheduled-change.ts";
import type { Tie, Volume } from "./volume.ts";
/** For what stands in the way of what is asked of a volume (cinder/exception.py:219). */
export const invalidVolume = (reason: string) => malformed(`Invalid volume: ${reason}`);

export const invalidInput = (reason: string) => malformed(`Invalid input received: ${reason}`);

/** The states something may be in, as cinder/utils.py build_or_str says them: "available or in-use". */
export const orOf = (all: readonly string[]): string => all.join(" or ");

/** What a volume is with these ties, when it is at rest. */
const restingWith = (ties: readonly Tie[]): string => {
  if (ties.some(({ status }) => status === "attached")) return "in-use";
  if (ties.some(({ status }) => status === "attaching")) return "attaching";
  return ties.length > 0 ? "reserved" : "available";
};

/**
 * Sets a volume aside for a server (cinder/volume/api.py:2413 _attachment_reserve). A server that has
 * it may have it once more: it may be on its way to another host.
 */
export function reserved(was: Volume, tie: Tie, now: Instant): Volume {
  if (was.status.includes("error"))
    throw invalidVolume(
      `Volume attachments can not be created if the volume is in an error state. The Volume ${was.id} currently has a status of: ${was.status} `,
    );
  const from = was.multiattach
    ? ["available", "in-use", "downloading"]
    : ["available", "downloading"];
  const own =
    tie.server !== null &&
    ["in-use", "reserved"].includes(was.status) &&
    was.ties.some(({ server }) => server === tie.server);
  if (!from.includes(was.status) && !own)
    throw invalidVolume(
      `Volume ${was.id} status must be ${orOf(from)} to reserve, but the current status is ${was.status}.`,
    );
  return { ...was, status: own ? was.status : "reserved", ties: [...was.ties, tie], updated: now };
}

/** Reserves it, and has it attached a while after: what Nova makes of one request. */
export function attaching(was: Volume, tie: Tie, now: Instant, due: Instant = now + takes): Volume {
  const set = reserved(was, tie, now);
  const ties = [...was.ties, { ...tie, status: "attached" as const, attached: due }];
  return {
    ...set,
    ties: [...was.ties, { ...tie, status: "attaching" }],
    status: set.status === "reserved" ? "attaching" : set.status,
    motion: { due, becoming: { status: "in-use", ties } },
  };
}

/** cinder/volume/api.py:796 begin_detaching. */
export function beginDetaching(was: Volume, now: Instant): Volume {
  if (was.status !== "in-use")
    throw invalidVolume(
      "Unable to detach volume. Volume status must be 'in-use' and attach_status must be 'attached' to detach.",
    );
  return { ...was, status: "detaching", updated: now };
}

/** Begun, and done with a while after. */
export function detaching(was: Volume, tie: string, now: Instant): Volume {
  const ties = was.ties.filter(({ id }) => id !== tie);
  return {
    ...beginDetaching(was, now),
    motion: { due: now + takes, becoming: { status: restingWith(ties), ties } },
  };
}

/** At once, whatever it was (cinder/objects/volume.py finish_detach). */
export function detached(was: Volume, gone: (tie: Tie) => boolean, now: Instant): Volume {
  const ties = was.ties.filter((tie) => !gone(tie));
  return { ...was, ties, status: restingWith(ties), updated: now, motion: null };
}

/** Changes one of its ties. */
export const retied = (was: Volume, id: string, to: Partial<Tie>, now: Instant): Volume => {
  const ties = was.ties.map((tie) => (tie.id === id ? { ...tie, ...to } : tie));
  return { ...was, ties, status: restingWith(ties), updated: now };
};
