import type { ConsoleGrant } from "../../lambdas/compute/model/console-grant.ts";
import { bootedAt } from "../../lambdas/compute/model/guest-boot-log.ts";
import { isDeleted, isOnHost } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { deflate } from "../../lambdas/console/deflate.ts";
import {
  applyKeys,
  countActiveViewers,
  desktopName,
  maxViewers,
  newConsoleSession,
  type StoredSession,
} from "../../lambdas/console/model/console-session.ts";
import { display } from "../../lambdas/console/model/display.ts";
import type { Screen } from "../../lambdas/console/model/screen.ts";
import {
  buildUpdate,
  hasFinishedHandshake,
  newViewer,
  powerRefusalMessage,
  receiveBytes,
  type ViewerState,
} from "../../lambdas/console/model/viewer.ts";
import { pressPowerButton } from "../../lambdas/console/repositories/press-power.ts";
import { Fault, isNotFound } from "../../lambdas/core/fault.ts";
import type { Environment } from "../../lambdas/http/environment.ts";
import { type ByteStream, receiveInTurn } from "./byte-stream.ts";

/** A connected viewer. */
export interface ViewerConnection {
  receive(bytes: Uint8Array): void;
  /** Everything queued has been sent. */
  onDrain(): void;
  close(): void;
}

/** Milliseconds between polls of a watched server. */
const refreshIntervalMs = 2_000;

/** Milliseconds in which changes of servers cause one poll. */
const coalesceMs = 20;

/** Milliseconds between updates of a server in transition or booting. */
const frameIntervalMs = { max: 100, min: 10 } as const;

/** Milliseconds in which a boot log grows. */
const bootLogMs = 4_000;

/** Milliseconds in which a viewer has to finish its handshake. */
const handshakeTimeoutMs = 30_000;

/** Unsent bytes at which a slow viewer gets no more updates, and at which it is disconnected. */
const outputLimits = { pauseBytes: 1024 * 1024, disconnectBytes: 4 * 1024 * 1024 } as const;

/** Attempts to store a session while others change it. */
const maxAttempts = 10;

interface WatchedViewer {
  viewer: ViewerState;
  lastScreen: Screen | null;
  readonly grant: ConsoleGrant;
  readonly stream: ByteStream;
}

/**
 * The console of one server while it has viewers. Input goes to the same session as that of
 * exchanges; each viewer's state is in memory. Calls `left` after the last viewer.
 */
export function openConsoleConnection(
  environment: Environment,
  first: Server,
  onLastViewerLeft: () => void,
) {
  const { servers, consoleSessions } = environment.backend();
  const { project, id } = first;
  const viewers = new Set<WatchedViewer>();
  let server = first;
  let stored: StoredSession | null = null;
  let work = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let pendingRefresh: NodeJS.Timeout | undefined;
  let refreshedAt = 0;

  /** Runs tasks one after another. */
  const inTurn = (job: () => Promise<void>) => {
    work = work.then(job).catch((cause) => {
      console.error(cause);
      closeAll();
    });
  };
  const closeAll = () => {
    for (const each of [...viewers]) drop(each);
  };
  const drop = (each: WatchedViewer) => {
    if (!viewers.delete(each)) return;
    each.stream.close();
    if (viewers.size > 0) return;
    clearTimeout(timer);
    clearTimeout(pendingRefresh);
    pendingRefresh = undefined;
    onLastViewerLeft();
  };
  const isCrowded = (more: number) =>
    viewers.size + (stored ? countActiveViewers(stored.session, environment.now()) : 0) + more >
    maxViewers;

  async function refreshServer() {
    refreshedAt = environment.now();
    try {
      ({ server, stored: stored } = await consoleSessions.getWithServer(project, id, refreshedAt));
    } catch (cause) {
      if (isNotFound(cause, "server")) return closeAll();
      throw cause;
    }
    for (const each of [...viewers]) if (each.grant.epoch !== server.consoleEpoch) drop(each);
  }

  /** While DynamoDB is unavailable, the last known state continues with time. */
  async function tryRefreshServer() {
    try {
      await refreshServer();
    } catch (cause) {
      if (!(cause instanceof Fault)) throw cause;
    }
  }

  /** Sends updates to all viewers, and schedules the next. */
  function showScreen() {
    const now = environment.now();
    if (isDeleted(server.motion, now) || !isOnHost(server, now)) return closeAll();
    const screen = display(server, stored?.session.guest ?? null, now);
    for (const each of viewers) sendUpdate(each, screen);
    clearTimeout(timer);
    if (viewers.size > 0) timer = setTimeout(() => inTurn(tick), untilNext(now));
  }

  function sendUpdate(each: WatchedViewer, screen: Screen) {
    if (each.stream.bufferedBytes() > outputLimits.pauseBytes) return;
    const { viewer, update } = buildUpdate(each.viewer, each.lastScreen, screen, deflate);
    each.viewer = viewer;
    if (!update) return;
    each.lastScreen = screen;
    each.stream.send(update);
  }

  function untilNext(now: number): number {
    const onLastViewerLeft = server.motion.due - now;
    const isChanging = onLastViewerLeft > 0 || Math.abs(now - bootedAt(server)) < bootLogMs;
    if (!isChanging) return refreshIntervalMs;
    return onLastViewerLeft > 0
      ? Math.max(frameIntervalMs.min, Math.min(onLastViewerLeft, frameIntervalMs.max))
      : frameIntervalMs.max;
  }

  async function tick() {
    if (Math.abs(environment.now() - refreshedAt) >= refreshIntervalMs) await tryRefreshServer();
    showScreen();
  }

  /** Input that is no RFB, and keys that cannot be stored, end this connection only. */
  async function receiveOrDrop(each: WatchedViewer, bytes: Uint8Array) {
    if (!viewers.has(each)) return;
    try {
      await receive(each, bytes);
    } catch (cause) {
      if (!(cause instanceof Fault)) console.error(cause);
      drop(each);
    }
  }

  async function receive(each: WatchedViewer, bytes: Uint8Array) {
    const received = receiveBytes(each.viewer, bytes, desktopName(server));
    each.viewer = received.viewer;
    for (const reply of received.replies) each.stream.send(reply);
    const power = received.power ?? (received.keys && (await typeKeys(received.keys)));
    if (power && viewers.has(each)) {
      const { user, overLock } = each.grant;
      const by = {
        request: `req-${crypto.randomUUID()}`,
        user,
        project,
        canOverrideLock: overLock,
      };
      if (!(await pressPowerButton(servers, server, power, environment.now(), by)))
        each.stream.send(powerRefusalMessage(each.viewer));
      await refreshServer();
    }
    if (each.stream.bufferedBytes() > outputLimits.disconnectBytes) drop(each);
    await tick();
  }

  async function typeKeys(keys: string) {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const now = environment.now();
      const current = stored ?? newConsoleSession(server, now);
      const { session: room, power, lineToLog } = applyKeys(current, server, keys, now);
      if (lineToLog) await consoleSessions.addLogLine(id, lineToLog, now);
      const next = { session: room, version: current.version + 1 };
      if (await consoleSessions.save(id, next, stored, now)) {
        stored = next;
        return power;
      }
      await refreshServer();
    }
    throw new Fault({ kind: "raced" });
  }

  return {
    /** Checks whether the server has changed. */
    look() {
      pendingRefresh ??= setTimeout(() => {
        pendingRefresh = undefined;
        inTurn(async () => {
          await tryRefreshServer();
          showScreen();
        });
      }, coalesceMs);
    },
    isFull: () => isCrowded(1),
    closeAll,
    watch(grant: ConsoleGrant, stream: ByteStream): ViewerConnection {
      const { viewer, hello } = newViewer(grant.type);
      const each: WatchedViewer = { viewer, lastScreen: null, grant, stream };
      viewers.add(each);
      const giveUp = setTimeout(
        () => hasFinishedHandshake(each.viewer) || drop(each),
        handshakeTimeoutMs,
      );
      if (hello.length > 0) stream.send(hello);
      inTurn(async () => {
        await tryRefreshServer();
        // the number of exchanging viewers is known only now
        if (isCrowded(0)) drop(each);
        showScreen();
      });
      return {
        receive: receiveInTurn(stream, inTurn, (bytes) => receiveOrDrop(each, bytes)),
        onDrain: () => inTurn(async () => showScreen()),
        close() {
          clearTimeout(giveUp);
          drop(each);
        },
      };
    },
  };
}
