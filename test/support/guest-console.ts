import { type Action, beginMotion, guestBootsAt } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import { display, sendKeys } from "../../lambdas/console/model/display.ts";
import type { Guest } from "../../lambdas/console/model/guest.ts";
import type { Power } from "../../lambdas/console/model/power.ts";
import { screenToText } from "../../lambdas/console/model/screen.ts";
import { startTime } from "./cloud.ts";
import { settledServer } from "./servers.ts";

export function createGuestConsole(
  over: Partial<Server> = {},
  first = settledServer("active", over),
) {
  let server = first;
  let guest: Guest | null = null;
  let now = startTime;
  return {
    type(keys: string): { printed: string; power: Power | null } {
      const answer = sendKeys(server, guest, now, keys);
      guest = answer.guest;
      return { printed: answer.logText, power: answer.power };
    },
    shown: () => screenToText(display(server, guest, now)),
    screen: () => display(server, guest, now),
    guest: () => guest,
    server: () => server,
    now: () => now,
    pass(milliseconds: number) {
      now += milliseconds;
    },
    begin(action: Action) {
      const motion = beginMotion(action, server.motion, now);
      server = { ...server, motion, booted: guestBootsAt(motion) ?? server.booted };
    },
  };
}

export const logInGuest = () => {
  const guest = createGuestConsole({ hostname: "web" });
  guest.type("demo\rsecret\r");
  return guest;
};

export const rowsOfText = (text: string) => text.trimEnd().split("\n");
