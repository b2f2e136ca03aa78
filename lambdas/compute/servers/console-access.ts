import { randomUUID } from "node:crypto";
import { Fault, malformed } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { World } from "../../http/environment.ts";
import { holds } from "../../identity/model/identity.ts";
import { actionVerbs } from "../model/action-verbs.ts";
import { type ConsoleProtocol, type ConsoleType, consoleTypes } from "../model/console-grant.ts";
import { observe, placed } from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";
import { serverOf } from "./find-server.ts";

/**
 * A console of the server of the path: a new token each time, good for as long as the setting says; a stopped server has
 * a console too (E-33). (GetItem, PutItem; the first alone where the type is none that is offered)
 */
export async function grantConsole(
  call: Parameters<typeof serverOf>[0],
  world: World,
  protocol: ConsoleProtocol,
  asked: string,
): Promise<{ readonly type: ConsoleType; readonly token: string }> {
  const { servers, consoles } = world.backend();
  const server = await serverOf(call, servers);
  const type = offered(server, protocol, asked, call.now);
  const token = randomUUID();
  await consoles.grant(token, {
    project: server.project,
    server: server.id,
    type,
    expires: call.now + world.settings.consoleLifetime,
    epoch: server.consoleEpoch,
    user: call.caller.user.id,
    overLock: holds(call.caller, "admin"),
  });
  return { type, token };
}

/**
 * Nova's checks in their order: the host and what the server is busy with (S1-26;
 * nova/compute/api.py:4976), the type, and whether there is a machine yet (nova/compute/manager.py:7922).
 */
function offered(
  server: Server,
  protocol: ConsoleProtocol,
  asked: string,
  now: Instant,
): ConsoleType {
  const { id } = server;
  const { vm, task } = observe(server.motion, now);
  if (!placed(server, now)) throw new Fault({ kind: "not-ready", id });
  if (task === "deleting" || task === "migrating")
    throw new Fault({
      kind: "wrong-state",
      id,
      verb: actionVerbs[`${protocol}Console`],
      attribute: "task_state",
      state: task,
    });
  const type = typeIn(protocol, asked);
  if (vm === "building") throw new Fault({ kind: "not-ready", id });
  return type;
}

/** A protocol that is turned off is unavailable whatever the type (nova/compute/manager.py:7927). */
function typeIn(protocol: ConsoleProtocol, asked: string): ConsoleType {
  const types: Partial<Record<ConsoleProtocol, readonly ConsoleType[]>> = consoleTypes;
  const here = types[protocol];
  if (!here) throw malformed(`Unavailable console type ${asked}.`);
  const found = here.find((one) => one === asked);
  if (!found) throw malformed(`Invalid console type ${asked}`);
  return found;
}
