import { conflict, Fault, malformed } from "../fault.ts";
import type { Instant } from "../lifecycle.ts";
import type { Server } from "../server.ts";
import { bootedAt } from "./boot-log.ts";
import { display, typedAt } from "./display.ts";
import type { ConsoleGrant } from "./grant.ts";
import type { Guest, Power } from "./guest.ts";
import { type Deflate, joined } from "./rfb-update.ts";
import { isSame, type Screen } from "./screen.ts";
import { heardFrom, newcomer, shownTo, type Viewer } from "./viewer.ts";

/** A console in use, as it is kept between two exchanges: what was typed, and who looks on. */
export interface Room {
  readonly guest: Guest | null;
  /** What everybody shows who has seen this version. */
  readonly shown: Screen;
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

/** A part of what was typed since a boot. */
export interface Line {
  readonly boot: Instant;
  /** The version of the room that it begins with. */
  readonly at: number;
  readonly text: string;
}

/** A viewer that exchanges: all there is of it between two requests. */
export interface Seat {
  readonly viewer: Viewer;
  readonly grant: Pick<ConsoleGrant, "epoch" | "user" | "overLock">;
  /** The number of the last message that was taken. */
  readonly taken: number;
  /** As that message found it, and what it was told: for when the answer was lost. */
  readonly before: Viewer;
  readonly told: string;
  readonly heard: Instant;
}

/** Nova's OSSN-0008: a console takes no more viewers than these. */
export const mostViewers = 8;

/** Milliseconds after which a viewer that says nothing gives way to another, and is forgotten. */
const patience = { full: 60_000, empty: 600_000 } as const;

/** How often a viewer that only looks on is put down as still there. */
const heartbeat = 45_000;

/** Characters that are worth a line of their own in the log. */
const lineLength = 512;

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
  readonly viewer: Viewer;
  readonly power: Power | null;
}

export const emptyRoom = (server: Server, now: Instant): Kept => ({
  room: { guest: null, shown: display(server, null, now), seats: {}, unlogged: null },
  version: now,
});

/** Lets a viewer in; the same one again is in already. Throws `conflict` where there are too many. */
export function seated(
  { room, version }: Kept,
  seat: string,
  grant: ConsoleGrant,
  now: Instant,
): Kept {
  if (Object.hasOwn(room.seats, seat)) return { room, version };
  const present = Object.entries(room.seats);
  const limit = present.length < mostViewers ? patience.empty : patience.full;
  const staying = present.filter(([, { heard }]) => now - heard < limit);
  if (staying.length >= mostViewers)
    throw conflict(`The console has ${mostViewers} viewers already.`);
  const { epoch, user, overLock } = grant;
  const { viewer, hello } = newcomer(grant.type);
  const newest: Seat = {
    viewer,
    before: viewer,
    grant: { epoch, user, overLock },
    taken: 0,
    told: textIn(hello),
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
  const isNew = number > seat.taken;
  const isAgain = !isNew && number > 0;
  const heard = isNew ? heardFrom(seat.viewer, bytes, desktopName(server)) : null;
  const { room: next, power } = typedInto(kept, server, heard?.keys ?? "", now);

  const asked = heard?.viewer ?? (isAgain ? seat.before : seat.viewer);
  const shows = !isAgain && seen === version ? room.shown : null;
  const { viewer, update } = shownTo(asked, shows, next.shown, deflate);
  // what a newcomer is told first waits in its seat
  const told = heard
    ? joined([...(number === 1 ? [bytesIn(seat.told)] : []), ...heard.replies])
    : null;
  const again = isAgain ? bytesIn(seat.told) : none;

  const changed = isNew || next.shown !== room.shown || (!isAgain && viewer !== seat.viewer);
  const isDue = now - seat.heard >= heartbeat;
  const sat: Seat = {
    ...seat,
    viewer: isAgain ? seat.viewer : viewer,
    heard: now,
    ...(heard && { taken: number, before: heard.viewer, told: textIn(told ?? none) }),
  };
  return {
    room: changed || isDue ? { ...next, seats: { ...next.seats, [from.seat]: sat } } : null,
    reply: joined([told ?? again, update ?? none]),
    sees: update !== null || (shows !== null && isSame(shows, next.shown)),
    viewer,
    power: heard?.power ?? power,
  };
}

/** The room after some keys, and after what has become of its server. */
export function typedInto(
  { room, version }: Kept,
  server: Server,
  keys: string,
  now: Instant,
): { readonly room: Room; readonly power: Power | null } {
  const { guest, said, power } = typedAt(server, room.guest, now, keys);
  const shown = display(server, guest, now);
  const boot = guest?.boot ?? bootedAt(server);
  return {
    room: {
      ...room,
      guest,
      shown: isSame(room.shown, shown) ? room.shown : shown,
      unlogged: noted(lineDue(room) ? null : room.unlogged, said, boot, version + 1),
    },
    power,
  };
}

/** What has to be in the log before the room is kept anew, if anything. */
export const lineDue = ({ unlogged, guest }: Room): Line | null =>
  unlogged && (unlogged.text.length >= lineLength || unlogged.boot !== guest?.boot)
    ? unlogged
    : null;

const noted = (open: Line | null, said: string, boot: Instant, at: number): Line | null =>
  said === "" ? open : open ? { ...open, text: open.text + said } : { boot, at, text: said };

/** What was typed, of the lines of a console, since the boot that its screen is of. */
export function typedSince(server: Server, lines: readonly Line[], now: Instant): string {
  const boot = bootedAt(server);
  const last = now < boot ? Math.max(...lines.map((line) => line.boot)) : boot;
  return lines
    .filter((line) => line.boot === last)
    .map(({ text }) => text)
    .join("");
}

export const desktopName = ({ name, id }: Server): string => `${name} (${id})`;

const none = new Uint8Array();
const textIn = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const bytesIn = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
