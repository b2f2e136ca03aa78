import { badRequest } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { delayMs } from "./scheduled-change.ts";
import type { Attachment, Volume, VolumeState } from "./volume.ts";

/** cinder/exception.py:219. */
export const invalidVolume = (reason: string) => badRequest(`Invalid volume: ${reason}`);

export const invalidInput = (reason: string) => badRequest(`Invalid input received: ${reason}`);

/** "available or in-use" (cinder/utils.py build_or_str). */
export const joinOr = (all: readonly string[]): string => all.join(" or ");

const statusFor = (attachments: readonly Attachment[]): string => {
  if (attachments.some(({ status }) => status === "attached")) return "in-use";
  if (attachments.some(({ status }) => status === "attaching")) return "attaching";
  return attachments.length > 0 ? "reserved" : "available";
};

/**
 * Reserves a volume for a server; a migrating server may hold it twice. Throws `malformed` on a wrong
 * status (cinder/volume/api.py:2413 _attachment_reserve).
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

/** Nova reserves and attaches in one request. */
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

/** Returns the unchanged volume where it has no such attachment. */
export function beginDetach(was: Volume, attachmentId: string, now: Instant): Volume {
  const detaching = beginDetaching(was, now);
  const attachments = was.ties.filter(({ id }) => id !== attachmentId);
  if (attachments.length === was.ties.length) return was;
  return {
    ...detaching,
    motion: { due: now + delayMs, becoming: { status: statusFor(attachments), ties: attachments } },
  };
}

/**
 * Detaches at once, in any status (cinder/objects/volume.py finish_detach). Another change of the
 * volume that is under way continues.
 */
export const finishDetach = (
  was: Volume,
  isRemoved: (attachment: Attachment) => boolean,
  now: Instant,
): Volume => withAttachments(was, now, (all) => all.filter((attachment) => !isRemoved(attachment)));

/** The same, but returns the unchanged volume where no attachment is removed. */
export const releaseAttachments = (
  was: Volume,
  isRemoved: (attachment: Attachment) => boolean,
  now: Instant,
): Volume =>
  [...was.ties, ...(pendingState(was)?.ties ?? [])].some(isRemoved)
    ? finishDetach(was, isRemoved, now)
    : was;

export const changeAttachment = (
  was: Volume,
  id: string,
  changes: Partial<Attachment>,
  now: Instant,
): Volume =>
  withAttachments(was, now, (all) =>
    all.map((attachment) => (attachment.id === id ? { ...attachment, ...changes } : attachment)),
  );

const pendingState = ({ motion }: Volume): Partial<VolumeState> | null =>
  motion && motion.becoming !== "gone" ? motion.becoming : null;

/**
 * Changes the attachments now and those after the change under way. An attach or a detach that has
 * nothing left to do ends; a deletion always continues.
 */
function withAttachments(
  was: Volume,
  now: Instant,
  update: (all: readonly Attachment[]) => readonly Attachment[],
): Volume {
  const attachments = update(was.ties);
  const rest = { ...was, ties: attachments, updated: now };
  if (!was.motion) return { ...rest, status: statusFor(attachments) };
  const pending = pendingState(was);
  if (!pending) return rest;
  const { ties: afterwards, ...others } = pending;
  const next = afterwards && update(afterwards);
  if (next && isSame(next, attachments))
    return { ...rest, status: statusFor(attachments), motion: null };
  const becoming = {
    ...others,
    status: statusFor(next ?? attachments),
    ...(next && { ties: next }),
  };
  return { ...rest, motion: { ...was.motion, becoming } };
}

const isSame = (some: readonly Attachment[], others: readonly Attachment[]): boolean =>
  some.length === others.length &&
  some.every(({ id, status }, i) => id === others[i]?.id && status === others[i]?.status);

/** Records the host that attaches the volume (cinder/volume/manager.py attachment_update). */
export function connectAttachment(
  was: Volume,
  attachmentId: string,
  connector: Readonly<Record<string, unknown>>,
  now: Instant,
): Volume {
  const text = (name: string) =>
    typeof connector[name] === "string" ? String(connector[name]) : undefined;
  const [host, device, mode] = [text("host"), text("mountpoint"), text("mode")];
  const changes: Partial<Attachment> = {
    status: "attaching",
    connector,
    attached: now,
    ...(host !== undefined && { host }),
    ...(device !== undefined && { device }),
    ...((mode === "ro" || mode === "rw") && { mode }),
  };
  return changeAttachment(was, attachmentId, changes, now);
}
