import { type Action, begin, bootOf } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { display, typedAt } from "../../lambdas/console/model/display.ts";
import type { Guest } from "../../lambdas/console/model/guest.ts";
import type { Power } from "../../lambdas/console/model/power.ts";
import { textOf } from "../../lambdas/console/model/screen.ts";
import { start } from "./cloud.ts";
import { resting } from "./servers.ts";

/** A server and whoever sits at its console, with a clock of their own. */
export function atConsole(over: Partial<Server> = {}, first = resting("active", over)) {
  let server = first;
  let guest: Guest | null = null;
  let now = start;
  return {
    /** Answers what goes into the log, and what the server is asked to do. */
    type(keys: string): { said: string; power: Power | null } {
      const answer = typedAt(server, guest, now, keys);
      guest = answer.guest;
      return { said: answer.said, power: answer.power };
    },
    shown: () => textOf(display(server, guest, now)),
    screen: () => display(server, guest, now),
    guest: () => guest,
    server: () => server,
    now: () => now,
    pass(milliseconds: number) {
      now += milliseconds;
    },
    /** Something is begun with the server. */
    begin(action: Action) {
      const motion = begin(action, server.motion, now);
      server = { ...server, motion, booted: bootOf(motion) ?? server.booted };
    },
  };
}
