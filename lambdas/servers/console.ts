import { randomUUID } from "node:crypto";
import type { Backend } from "../domain/backend.ts";
import { type ConsoleType, consoleLifetime } from "../domain/console.ts";
import { Fault } from "../domain/fault.ts";
import { type Instant, observe } from "../domain/lifecycle.ts";
import type { Server } from "../domain/server.ts";

/** A new token each time, good for ten minutes; a stopped server has a console too (E-33). */
export async function grantConsole(
  { consoles }: Backend,
  server: Server,
  type: ConsoleType,
  now: Instant,
): Promise<string> {
  const token = randomUUID();
  await consoles.grant(token, {
    project: server.project,
    server: server.id,
    type,
    expires: now + consoleLifetime,
    epoch: server.consoleEpoch,
  });
  return token;
}

/**
 * No console of a server that is not built yet, on a host or not, nor of one on its way out (S1-26;
 * nova/compute/api.py:4976, and InstanceNotReady in nova/compute/manager.py).
 */
export function refuseUnready({ id, motion }: Server, now: Instant): void {
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
