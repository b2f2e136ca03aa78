import type { ConsoleGrant } from "../../lambdas/compute/model/console-grant.ts";
import { bootedAt } from "../../lambdas/compute/model/guest-boot-log.ts";
import { gone, placed } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { deflate } from "../../lambdas/console/deflate.ts";
import {
  desktopName,
  emptyRoom,
  type Kept,
  mostViewers,
  present,
  typedInto,
} from "../../lambdas/console/model/console-session.ts";
import { display } from "../../lambdas/console/model/display.ts";
import type { Screen } from "../../lambdas/console/model/screen.ts";
import {
  hasBegun,
  heardFrom,
  newcomer,
  refusalOfPower,
  shownTo,
  type Viewer,
} from "../../lambdas/console/model/viewer.ts";
import { pressPower } from "../../lambdas/console/repositories/press-power.ts";
import { Fault, isNoSuch } from "../../lambdas/core/fault.ts";
import type { World } from "../../lambdas/http/environment.ts";
import { hearing, type Pipe } from "./console-pipe.ts";

/** A viewer that has been let in. */
export interface Attached {
  hear(bytes: Uint8Array): void;
  /** All that waited in its pipe has gone out. */
  drained(): void;
  leave(): void;
}

/** Milliseconds between looks at a server that somebody looks at. */
const lookEvery = 2_000;

/** Milliseconds in which all that is done to servers comes to one look. */
const moment = 20;

/** Milliseconds between the pictures of one that is in motion, or whose guest boots. */
const frames = { most: 100, least: 10 } as const;

/** How long, in milliseconds, a guest's boot log grows. */
const bootTakes = 4_000;

/** Milliseconds in which a viewer has to have said what it must before there are pictures. */
const greetingTakes = 30_000;

/** Bytes that wait for a slow reader before it gets no more pictures, and before it is let go. */
const patience = { pictures: 1024 * 1024, all: 4 * 1024 * 1024 } as const;

/** How often a room is tried to be kept while others change it. */
const tries = 10;

interface Watching {
  viewer: Viewer;
  shown: Screen | null;
  readonly grant: ConsoleGrant;
  readonly pipe: Pipe;
}

/**
 * The console of one server, as long as it is looked at over connections. What is typed goes to the same
 * room as that of the exchanges; each viewer's own state is kept here. `left` is told when the last goes.
 */
export function watchConsole(world: World, first: Server, left: () => void) {
  const { servers, rooms } = world.backend();
  const { project, id } = first;
  const watching = new Set<Watching>();
  let server = first;
  let kept: Kept | null = null;
  let work = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let looking: NodeJS.Timeout | undefined;
  let looked = 0;

  /** One thing after the other. */
  const inTurn = (job: () => Promise<void>) => {
    work = work.then(job).catch((cause) => {
      console.error(cause);
      closeAll();
    });
  };
  const closeAll = () => {
    for (const each of [...watching]) drop(each);
  };
  const drop = (each: Watching) => {
    if (!watching.delete(each)) return;
    each.pipe.close();
    if (watching.size > 0) return;
    clearTimeout(timer);
    clearTimeout(looking);
    looking = undefined;
    left();
  };
  const isCrowded = (more: number) =>
    watching.size + (kept ? present(kept.room, world.now()) : 0) + more > mostViewers;

  async function look() {
    looked = world.now();
    try {
      ({ server, kept } = await rooms.enter(project, id, looked));
    } catch (cause) {
      if (isNoSuch(cause, "server")) return closeAll();
      throw cause;
    }
    for (const each of [...watching]) if (each.grant.epoch !== server.consoleEpoch) drop(each);
  }

  /** While DynamoDB is out of reach there is what is known to look at, which goes on with time. */
  async function tryToLook() {
    try {
      await look();
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
    }
  }

  /** Shows everybody what there is to see, and sets out to do so again. */
  function picture() {
    const now = world.now();
    if (gone(server.motion, now) || !placed(server, now)) return closeAll();
    const screen = display(server, kept?.room.guest ?? null, now);
    for (const each of watching) show(each, screen);
    clearTimeout(timer);
    if (watching.size > 0) timer = setTimeout(() => inTurn(tick), untilNext(now));
  }

  function show(each: Watching, screen: Screen) {
    if (each.pipe.waiting() > patience.pictures) return;
    const { viewer, update } = shownTo(each.viewer, each.shown, screen, deflate);
    each.viewer = viewer;
    if (!update) return;
    each.shown = screen;
    each.pipe.send(update);
  }

  function untilNext(now: number): number {
    const left = server.motion.due - now;
    const moves = left > 0 || Math.abs(now - bootedAt(server)) < bootTakes;
    if (!moves) return lookEvery;
    return left > 0 ? Math.max(frames.least, Math.min(left, frames.most)) : frames.most;
  }

  async function tick() {
    if (Math.abs(world.now() - looked) >= lookEvery) await tryToLook();
    picture();
  }

  /** What is no RFB, and keys that could not be kept, end their connection and no other's. */
  async function listen(each: Watching, bytes: Uint8Array) {
    if (!watching.has(each)) return;
    try {
      await hear(each, bytes);
    } catch (cause) {
      if (!(cause instanceof Fault)) console.error(cause);
      drop(each);
    }
  }

  async function hear(each: Watching, bytes: Uint8Array) {
    const heard = heardFrom(each.viewer, bytes, desktopName(server));
    each.viewer = heard.viewer;
    for (const reply of heard.replies) each.pipe.send(reply);
    const power = heard.power ?? (heard.keys && (await type(heard.keys)));
    if (power && watching.has(each)) {
      const { user, overLock } = each.grant;
      const by = { request: `req-${crypto.randomUUID()}`, user, project, overLock };
      if (!(await pressPower(servers, server, power, world.now(), by)))
        each.pipe.send(refusalOfPower(each.viewer));
      await look();
    }
    if (each.pipe.waiting() > patience.all) drop(each);
    await tick();
  }

  async function type(keys: string) {
    for (let tried = 0; tried < tries; tried++) {
      const now = world.now();
      const found = kept ?? emptyRoom(server, now);
      const { room, power, due } = typedInto(found, server, keys, now);
      if (due) await rooms.log(id, due, now);
      const next = { room, version: found.version + 1 };
      if (await rooms.keep(id, next, kept, now)) {
        kept = next;
        return power;
      }
      await look();
    }
    throw new Fault({ kind: "raced" });
  }

  return {
    /** Something may have been done to it. */
    look() {
      looking ??= setTimeout(() => {
        looking = undefined;
        inTurn(async () => {
          await tryToLook();
          picture();
        });
      }, moment);
    },
    isFull: () => isCrowded(1),
    closeAll,
    watch(grant: ConsoleGrant, pipe: Pipe): Attached {
      const { viewer, hello } = newcomer(grant.type);
      const each: Watching = { viewer, shown: null, grant, pipe };
      watching.add(each);
      const giveUp = setTimeout(() => hasBegun(each.viewer) || drop(each), greetingTakes);
      if (hello.length > 0) pipe.send(hello);
      inTurn(async () => {
        await tryToLook();
        // who exchanges is known only now
        if (isCrowded(0)) drop(each);
        picture();
      });
      return {
        hear: hearing(pipe, inTurn, (bytes) => listen(each, bytes)),
        drained: () => inTurn(async () => picture()),
        leave() {
          clearTimeout(giveUp);
          drop(each);
        },
      };
    },
  };
}
