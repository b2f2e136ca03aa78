import { deflate } from "../../lambdas/consoles/deflate.ts";
import { bootedAt } from "../../lambdas/domain/console/boot-log.ts";
import { display } from "../../lambdas/domain/console/display.ts";
import type { ConsoleGrant } from "../../lambdas/domain/console/grant.ts";
import { pressPower } from "../../lambdas/domain/console/power.ts";
import {
  desktopName,
  emptyRoom,
  type Kept,
  mostViewers,
  typedInto,
} from "../../lambdas/domain/console/room.ts";
import type { Screen } from "../../lambdas/domain/console/screen.ts";
import {
  heardFrom,
  newcomer,
  refusalOfPower,
  shownTo,
  type Viewer,
} from "../../lambdas/domain/console/viewer.ts";
import { isNoSuch } from "../../lambdas/domain/fault.ts";
import { gone } from "../../lambdas/domain/lifecycle.ts";
import type { Server } from "../../lambdas/domain/server.ts";
import type { World } from "../../lambdas/http/world.ts";

/** A connection of a viewer's, whatever it is made of. */
export interface Pipe {
  /** One message. */
  send(bytes: Uint8Array): void;
  close(): void;
  /** Whether so much waits to go out that nothing more should. */
  isFull(): boolean;
}

/** A viewer that has been let in. */
export interface Attached {
  hear(bytes: Uint8Array): void;
  /** Its pipe has room again. */
  drained(): void;
  leave(): void;
}

/** Milliseconds between looks at a server that somebody looks at. */
const lookEvery = 2_000;

/** Milliseconds between the pictures of one that is in motion, or whose guest boots. */
const frameEvery = 100;

/** How long, in milliseconds, a guest's boot log grows. */
const bootTakes = 4_000;

/** How often a room is tried to be kept while others change it. */
const tries = 10;

interface Watching {
  viewer: Viewer;
  shown: Screen | null;
  readonly grant: ConsoleGrant;
  readonly pipe: Pipe;
}

/**
 * The consoles that are looked at over connections of this process. What is typed goes to the same rooms
 * as that of the exchanges; each viewer's own state is kept here, as long as it is connected.
 */
export function consoleHub(world: World) {
  const open = new Map<string, ReturnType<typeof lookAt>>();

  function lookAt(first: Server) {
    const { servers, rooms } = world.backend();
    const { project, id } = first;
    const watching = new Set<Watching>();
    let server = first;
    let kept: Kept | null = null;
    let work = Promise.resolve();
    let timer: NodeJS.Timeout | undefined;
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
      watching.delete(each);
      each.pipe.close();
      if (watching.size > 0) return;
      clearTimeout(timer);
      open.delete(id);
    };

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

    /** Shows everybody what there is to see, and sets out to do so again. */
    function picture() {
      const now = world.now();
      if (gone(server.motion, now)) return closeAll();
      const screen = display(server, kept?.room.guest ?? null, now);
      for (const each of watching) {
        if (each.pipe.isFull()) continue;
        const { viewer, update } = shownTo(each.viewer, each.shown, screen, deflate);
        each.viewer = viewer;
        if (!update) continue;
        each.shown = screen;
        each.pipe.send(update);
      }
      clearTimeout(timer);
      if (watching.size === 0) return;
      const moves = now < server.motion.due || Math.abs(now - bootedAt(server)) < bootTakes;
      timer = setTimeout(() => inTurn(tick), moves ? frameEvery : lookEvery);
    }

    async function tick() {
      if (world.now() - looked >= lookEvery) await look();
      picture();
    }

    async function hear(each: Watching, bytes: Uint8Array) {
      if (!watching.has(each)) return;
      const heard = heardFrom(each.viewer, bytes, desktopName(server));
      each.viewer = heard.viewer;
      for (const reply of heard.replies) each.pipe.send(reply);
      const power = heard.power ?? (heard.keys && (await type(heard.keys)));
      if (power) {
        const { user, overLock } = each.grant;
        const by = { request: `req-${crypto.randomUUID()}`, user, project, overLock };
        if (!(await pressPower(servers, server, power, world.now(), by)))
          each.pipe.send(refusalOfPower(each.viewer));
        await look();
      }
      picture();
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
      throw new Error(`The console of ${id} changes too fast.`);
    }

    return {
      look: () =>
        inTurn(async () => {
          await look();
          picture();
        }),
      isFull: () => watching.size + Object.keys(kept?.room.seats ?? {}).length >= mostViewers,
      closeAll,
      watch(grant: ConsoleGrant, pipe: Pipe): Attached {
        const { viewer, hello } = newcomer(grant.type);
        const each: Watching = { viewer, shown: null, grant, pipe };
        watching.add(each);
        if (hello.length > 0) pipe.send(hello);
        inTurn(async () => {
          await look();
          picture();
        });
        return {
          hear: (bytes) =>
            inTurn(async () => {
              try {
                await hear(each, bytes);
              } catch {
                // what is no RFB ends its connection, and no other's
                drop(each);
              }
            }),
          drained: () => inTurn(async () => picture()),
          leave: () => drop(each),
        };
      },
    };
  }

  return {
    /** Lets a viewer in, or says false where there are as many as there may be. */
    attach(grant: ConsoleGrant, server: Server, pipe: Pipe): Attached | null {
      const found = open.get(server.id) ?? lookAt(server);
      if (found.isFull()) return null;
      open.set(server.id, found);
      return found.watch(grant, pipe);
    },
    /** Something may have been done to a server. */
    look() {
      for (const each of open.values()) each.look();
    },
    close() {
      for (const each of open.values()) each.closeAll();
    },
  };
}

export type ConsoleHub = ReturnType<typeof consoleHub>;
