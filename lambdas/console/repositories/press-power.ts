import type { Requester } from "../../compute/model/instance-action.ts";
import type { Server } from "../../compute/model/server.ts";
import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Servers } from "../../ports/backend.ts";
import type { Power } from "../model/power.ts";

const powerActions = { shutdown: "stop", reboot: "softReboot", reset: "hardReboot" } as const;

/** Presses a power button as the viewer's user; false if the server's state or lock forbids it. @calls UpdateItem, GetItem */
export async function pressPowerButton(
  servers: Servers,
  { project, id }: Server,
  power: Power,
  now: Instant,
  by: Requester,
): Promise<boolean> {
  // grants of older versions have no user
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
