import type { Requester } from "../../compute/model/instance-action.ts";
import type { Server } from "../../compute/model/server.ts";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Servers } from "../../ports/backend.ts";
import type { Power } from "../model/power.ts";

const powerActions = { shutdown: "stop", reboot: "softReboot", reset: "hardReboot" } as const;

/**
 * Does what a power button says, as the API would for the same user; false where it may not, by the
 * server's state or its lock. (UpdateItem, GetItem)
 */
export async function pressPowerButton(
  servers: Servers,
  { project, id }: Server,
  power: Power,
  now: Instant,
  by: Requester,
): Promise<boolean> {
  // a token of before they said whose they are
  if (by.user === "") return false;
  try {
    await servers.transition(project, id, powerActions[power], now, by);
    return true;
  } catch (cause) {
    if (cause instanceof Fault && powerRefusalKinds.has(cause.refusal.kind)) return false;
    throw cause;
  }
}

const powerRefusalKinds = new Set<Fault["refusal"]["kind"]>([
  "wrong-state",
  "never-launched",
  "not-ready",
  "conflict",
  "no-such",
]);
