import { randomUUID } from "node:crypto";
import type { ConsoleType } from "../domain/console/grant.ts";
import { Fault } from "../domain/fault.ts";
import { holds } from "../domain/identity.ts";
import { type Instant, observe } from "../domain/lifecycle.ts";
import type { Server } from "../domain/server.ts";
import type { World } from "../http/world.ts";
import { serverOf } from "./reach.ts";

/**
 * A console of the server of the path, of the type chosen once it is known to have one: a new token each
 * time, good for as long as the setting says; a stopped server has a console too (E-33). (GetItem, PutItem)
 */
export async function grantConsole(
  call: Parameters<typeof serverOf>[0],
  world: World,
  choose: () => ConsoleType,
): Promise<{ readonly type: ConsoleType; readonly token: string }> {
  const { servers, consoles } = world.backend();
  const server = await serverOf(call, servers);
  refuseUnready(server, call.now);
  const type = choose();
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
 * No console of a server that is not built yet, on a host or not, nor of one on its way out (S1-26;
 * nova/compute/api.py:4976, and InstanceNotReady in nova/compute/manager.py).
 */
function refuseUnready({ id, motion }: Server, now: Instant): void {
  const { vm, task } = observe(motion, now);
  if (task === "deleting")
    throw new Fault({
      kind: "wrong-state",
      id,
      action: "console",
      attribute: "task_state",
      state: task,
    });
  if (vm === "building") throw new Fault({ kind: "not-ready", id });
}
