import { randomUUID } from "node:crypto";
import { badRequest, Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Environment } from "../../http/environment.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { actionVerbs } from "../model/action-verbs.ts";
import { type ConsoleProtocol, type ConsoleType, consoleTypes } from "../model/console-grant.ts";
import { isOnHost, observe } from "../model/lifecycle.ts";
import type { Server } from "../model/server.ts";
import { getServer } from "./find-server.ts";

/**
 * Issues a token for `consoleTokenTtlMs`; a stopped server has a console too (E-33).
 * @calls GetItem, PutItem
 */
export async function grantConsole(
  call: Parameters<typeof getServer>[0],
  environment: Environment,
  protocol: ConsoleProtocol,
  requestedType: string,
): Promise<{ readonly type: ConsoleType; readonly token: string }> {
  const { servers, consoleGrants } = environment.backend();
  const server = await getServer(call, servers);
  const type = getConsoleType(server, protocol, requestedType, call.now);
  const token = randomUUID();
  await consoleGrants.add(token, {
    project: server.project,
    server: server.id,
    type,
    expires: call.now + environment.settings.consoleTokenTtlMs,
    epoch: server.consoleEpoch,
    user: call.caller.user.id,
    overLock: hasRole(call.caller, "admin"),
  });
  return { type, token };
}

/**
 * Checks host and task (S1-26; nova/compute/api.py:4976), type, then guest
 * (nova/compute/manager.py:7922).
 */
function getConsoleType(
  server: Server,
  protocol: ConsoleProtocol,
  requestedType: string,
  now: Instant,
): ConsoleType {
  const { id } = server;
  const { vm, task } = observe(server.motion, now);
  if (!isOnHost(server, now)) throw new Fault({ kind: "not-ready", id });
  if (task === "deleting" || task === "migrating")
    throw new Fault({
      kind: "wrong-state",
      id,
      verb: actionVerbs[`${protocol}Console`],
      attribute: "task_state",
      state: task,
    });
  const type = parseConsoleType(protocol, requestedType);
  if (vm === "building") throw new Fault({ kind: "not-ready", id });
  return type;
}

/** nova/compute/manager.py:7927. */
function parseConsoleType(protocol: ConsoleProtocol, requestedType: string): ConsoleType {
  const types: Partial<Record<ConsoleProtocol, readonly ConsoleType[]>> = consoleTypes;
  const available = types[protocol];
  if (!available) throw badRequest(`Unavailable console type ${requestedType}.`);
  const found = available.find((one) => one === requestedType);
  if (!found) throw badRequest(`Invalid console type ${requestedType}`);
  return found;
}
