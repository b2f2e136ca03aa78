import { badRequest } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { delayMs } from "./scheduled-change.ts";
import type { Attachment, Volume } from "./volume.ts";
/** For what stands in the way of what is asked of a volume (cinder/exception.py:219). */
export const invalidVolume = (reason: string) => badRequest(`Invalid volume: ${reason}`);

export const invalidInput = (reason: string) => badRequest(`Invalid input received: ${reason}`);

/** The states something may be in, as cinder/utils.py build_or_str says them: "available or in-use". */
export const joinOr = (all: readonly string[]): string => all.join(" or ");

/** What a volume is with these ties, when it is at rest. */
const statusFor = (attachments: readonly Attachment[]): string => {
  if (attachments.some(({ status }) => status === "attached")) return "in-use";
  if (attachments.some(({ status }) => status === "attaching")) return "attaching";
  return attachments.length > 0 ? "reserved" : "available";
};

/**
 * Sets a volume aside for a server (cinder/volume/api.py:2413 _attachment_reserve). A server that has
 * it may have it once more: it may be on its way to another host.
 */
export function reserve(was: Volume, attachment: Attachment, now: Instant): Volume {
  if (was.status.includes("error"))
    throw invalidVolume(
      `Volume attachments can not be created if the volume is in an error state. The Volume ${was.id} currently has a status of: ${was.status} `,
    );
  const from = was.multiattach
    ? ["available", "in-use", "downloading"]
    : ["available", "downloading"];
  const isSameServer =
    attachment.server !== null &&
    ["in-use", "reserved"].includes(was.status) &&
    was.ties.some(({ server }) => server === attachment.server);
  if (!from.includes(was.status) && !isSameServer)
    throw invalidVolume(
      `Volume ${was.id} status must be ${joinOr(from)} to reserve, but the current status is ${was.status}.`,
    );
  return {
    ...was,
    status: isSameServer ? was.status : "reserved",
    ties: [...was.ties, attachment],
    updated: now,
  };
}

/** Reserves it, and has it attached a while after: what Nova makes of one request. */
export function beginAttach(
  was: Volume,
  attachment: Attachment,
  now: Instant,
  due: Instant = now + delayMs,
): Volume {
  const reservedVolume = reserve(was, attachment, now);
  const attachments = [...was.ties, { ...attachment, status: "attached" as const, attached: due }];
  return {
    ...reservedVolume,
    ties: [...was.ties, { ...attachment, status: "attaching" }],
    status: reservedVolume.status === "reserved" ? "attaching" : reservedVolume.status,
    motion: { due, becoming: { status: "in-use", ties: attachments } },
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
export function beginDetach(was: Volume, attachmentId: string, now: Instant): Volume {
  const attachments = was.ties.filter(({ id }) => id !== attachmentId);
  return {
    ...beginDetaching(was, now),
    motion: { due: now + delayMs, becoming: { status: statusFor(attachments), ties: attachments } },
  };
}

/** At once, whatever it was (cinder/objects/volume.py finish_detach). */
export function finishDetach(
  was: Volume,
  isRemoved: (attachment: Attachment) => boolean,
  now: Instant,
): Volume {
  const attachments = was.ties.filter((attachment) => !isRemoved(attachment));
  return { ...was, ties: attachments, status: statusFor(attachments), updated: now, motion: null };
}

/** Changes one of its ties. */
export const changeAttachment = (
  was: Volume,
  id: string,
  changes: Partial<Attachment>,
  now: Instant,
): Volume => {
  const attachments = was.ties.map((attachment) =>
    attachment.id === id ? { ...attachment, ...changes } : attachment,
  );
  return { ...was, ties: attachments, status: statusFor(attachments), updated: now };
};
