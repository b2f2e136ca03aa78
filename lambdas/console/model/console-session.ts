import type { ConsoleGrant } from "../../compute/model/console-grant.ts";
import { bootedAt, type Line } from "../../compute/model/guest-boot-log.ts";
import type { Server } from "../../compute/model/server.ts";
import { conflict, Fault, malformed } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { bytesIn, joined, textIn } from "./bytes.ts";
import { display, typedAt } from "./display.ts";
import type { Guest } from "./guest.ts";
import type { Power } from "./power.ts";
import type { Deflate } from "./rfb-update.ts";
import { isSame, type Screen } from "./screen.ts";
import { heardFrom, newcomer, owed, refusalOfPower, shownTo, type Viewer } from "./viewer.ts";

/** A console in use, as it is kept between two exchanges: what was typed, and who looks on. */
export interface Room {
  readonly guest: Guest | null;
  /** What everybody shows who has seen the version it is since, or a later one. */
  readonly shown: Screen;
  readonly since: number;
  /** By the hash of what each calls itself by. */
  readonly seats: Readonly<Record<string, Seat>>;
  /** What was typed and does not stand in the log yet: it is worth a write when it is long enough. */
  readonly unlogged: Line | null;
}

/** A room and which version of it: they follow each other in time. */
export interface Kept {
  readonly room: Room;
  readonly version: number;
}

/** A viewer that exchanges: all there is of it between two requests. */
export interface Seat {
  readonly viewer: Viewer;
  readonly grant: Pick<ConsoleGrant, "epoch" | "user" | "overLock">;
  /** The number of the last message that was taken, and what it was told: the answer may be lost. */
  readonly taken: number;
  readonly told: string;
  /** The version that its last picture was of; while it has seen less, that one was lost. */
  readonly given: number;
  readonly heard: Instant;
}

/** Nova's OSSN-0008: a console takes no more viewers than these. */
export const mostViewers = 8;

/** Milliseconds after which a viewer that says nothing gives way to another, and is forgotten. */
const patience = { full: 60_000, empty: 600_000 } as const;

/** How often a viewer that only looks on is put down as still there. */
const heartbeat = 45_000;

/** Characters that are worth a line of their own in the log, and those that one has at most. */
const lineLength = { least: 512, most: 65_536 } as const;

/** How many viewers there are that have said something of late. */
export const present = ({ seats }: Room, now: Instant): number =>
  Object.values(seats).filter(({ heard }) => now - heard < patience.full).length;

export interface Message {
  readonly seat: string;
  /** 1 for the first; 0 asks what is new. */
  readonly number: number;
  /** The version that the viewer shows; 0 where it shows none. */
  readonly seen: number;
  readonly bytes: Uint8Array;
}

export interface Exchanged {
  /** null where nothing is to be kept. */
  readonly room: Room | null;
  /** Nothing where there is nothing new. */
  readonly reply: Uint8Array;
  /** Whether the viewer shows all there is, once it has the reply. */
  readonly sees: boolean;
  readonly power: Power | null;
  /** What has to be in the log before the room is kept. */
  readonly due: Line | null;
}

/** It begins with the time, so that it comes after any that was there once and is forgotten. */
export const emptyRoom = (server: Server, now: Instant): Kept => ({
  room: { guest: null, shown: display(server, null, now), since: now, seats: {}, unlogged: null },
  version: now,
});

/**
 * Lets a viewer in; the same one again is in already, unless another token says what it may. Throws
 * `conflict` where there are too many.
 */
export function seated(kept: Kept, seat: string, grant: ConsoleGrant, now: Instant): Kept {
  const { room, version } = kept;
  const { epoch, user, overLock } = grant;
  const { viewer, hello } = newcomer(grant.type);
  const { [seat]: own, ...others } = room.seats;
  const isIn =
    own?.viewer.kind === viewer.kind &&
    own.grant.epoch === epoch &&
    own.grant.user === user &&
    own.grant.overLock === overLock;
  if (isIn) return kept;
  const present = Object.entries(others);
  const limit = present.length < mostViewers ? patience.empty : patience.full;
  const staying = present.filter(([, { heard }]) => now - heard < limit);
  if (staying.length >= mostViewers)
    throw conflict(`The console has ${mostViewers} viewers already.`);
  const newest: Seat = {
    viewer,
    grant: { epoch, user, overLock },
    taken: 0,
    told: textIn(hello),
    given: 0,
    heard: now,
  };
  const seats = { ...Object.fromEntries(staying), [seat]: newest };
  return { room: { ...room, seats }, version };
}

/**
 * What one message comes to. Asked again with the number of the last one, it answers again and does
 * nothing else; `seen` says how much of the screen has to be in the answer.
 */
export function exchanged(
  kept: Kept,
  server: Server,
  { number, seen, bytes, ...from }: Message,
  now: Instant,
  deflate: Deflate,
): Exchanged {
  const { room, version } = kept;
  const seat = Object.hasOwn(room.seats, from.seat) ? room.seats[from.seat] : undefined;
  if (!seat || seat.grant.epoch !== server.consoleEpoch)
    throw new Fault({ kind: "unauthenticated" });
  if (number > seat.taken + 1) throw malformed(`Message ${seat.taken + 1} is missing.`);
  // one that comes late: its viewer has had an answer, and gone on
  if (number > 0 && number < seat.taken)
    return { room: null, reply: none, sees: false, power: null, due: null };

  const isLost = seen < seat.given;
  const met = isLost ? owed(seat.viewer) : seat.viewer;
  const heard = number > seat.taken ? heardFrom(met, bytes, desktopName(server)) : null;
  const { room: next, power, due } = typedInto(kept, server, heard?.keys ?? "", now);

  const shows = !isLost && seen >= room.since ? room.shown : null;
  const { viewer, update } = shownTo(heard?.viewer ?? met, shows, next.shown, deflate);
  // what a newcomer is told first waits in its seat
  const told = heard
    ? joined([...(number === 1 ? [bytesIn(seat.told)] : []), ...heard.replies])
    : null;
  const again = number > 0 ? bytesIn(seat.told) : none;

  const wasSilent = now - seat.heard >= heartbeat;
  const changed = heard !== null || next.shown !== room.shown || viewer !== seat.viewer;
  const sat: Seat = {
    ...seat,
    viewer,
    heard: now,
    ...(update && { given: version + 1 }),
    ...(told && { taken: number, told: textIn(told) }),
  };
  return {
    room: changed || wasSilent ? { ...next, seats: { ...next.seats, [from.seat]: sat } } : null,
    reply: joined([told ?? again, update ?? none]),
    sees: update !== null || (shows !== null && isSame(shows, next.shown)),
    power: heard?.power ?? power,
    due,
  };
}

/** The same, where the power button did not work: the viewer is told, as often as it asks. */
export function unpowered({ room, reply, ...others }: Exchanged, seat: string): Exchanged {
  const sat = room?.seats[seat];
  if (!sat) return { room, reply, ...others };
  const refusal = refusalOfPower(sat.viewer);
  const told = textIn(refusal) + sat.told;
  const seats = { ...room.seats, [seat]: { ...sat, told } };
  return { ...others, room: { ...room, seats }, reply: joined([refusal, reply]) };
}

/** The room after some keys, and after what has become of its server. */
export function typedInto(
  { room, version }: Kept,
  server: Server,
  keys: string,
  now: Instant,
): Pick<Exchanged, "power" | "due"> & { readonly room: Room } {
  const { guest, said, power } = typedAt(server, room.guest, now, keys);
  const shown = display(server, guest, now);
  const boot = guest?.boot ?? bootedAt(server);
  const due = isDue(room.unlogged, boot) ? room.unlogged : null;
  return {
    room: {
      ...room,
      guest,
      ...(!isSame(room.shown, shown) && { shown, since: version + 1 }),
      unlogged: noted(due ? null : room.unlogged, said, boot, version + 1),
    },
    power,
    due,
  };
}

/** Long enough, or what was typed at another boot. */
const isDue = (line: Line | null, boot: Instant): boolean =>
  line !== null && (line.text.length >= lineLength.least || line.boot !== boot);

function noted(open: Line | null, said: string, boot: Instant, at: number): Line | null {
  if (said === "") return open;
  const { text, ...line } = open ?? { boot, at, text: "" };
  return { ...line, text: (text + said).slice(-lineLength.most) };
}

export const desktopName = ({ name, id }: Server): string => `${name} (${id})`;

const none = new Uint8Array();
