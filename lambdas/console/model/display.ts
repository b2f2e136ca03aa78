import {
  acceptsKeys,
  bootedAt,
  bootText,
  hasBooted,
  shutdownText,
} from "../../compute/model/guest-boot-log.ts";
import { observe } from "../../compute/model/lifecycle.ts";
import type { Server } from "../../compute/model/server.ts";
import type { Instant } from "../../core/instant.ts";
import { type Guest, handleKey, type KeyResult } from "./guest.ts";
import { blankScreen, type Screen, writeText } from "./screen.ts";

/** The guest as it is now: the one that was typed at until its server boots anew, or a fresh one. */
export function currentGuest(server: Server, storedGuest: Guest | null, now: Instant): Guest {
  const boot = bootedAt(server);
  if (storedGuest && (now < boot || storedGuest.boot === boot)) return storedGuest;
  return {
    boot,
    screen: writeText(blankScreen, bootText(server, now)),
    asks: "login",
    user: "",
    line: "",
  };
}

/** What a viewer sees: the guest, and what becomes of its server. */
export function display(server: Server, storedGuest: Guest | null, now: Instant): Screen {
  // QEMU's own words for it
  if (!hasBooted(server, now))
    return writeText(blankScreen, "Guest has not initialized the display (yet).");
  if (observe(server.motion, now).vm === "suspended")
    return writeText(blankScreen, "Guest is suspended: its memory is on disk until it is resumed.");
  const { screen } = currentGuest(server, storedGuest, now);
  return writeText(screen, shutdownText(server, now));
}

/** What comes of keys, one character each; a guest that is down or still booting hears none of them. */
export function sendKeys(
  server: Server,
  storedGuest: Guest | null,
  now: Instant,
  keys: string,
): Omit<KeyResult, "guest"> & { readonly guest: Guest | null } {
  let guest = storedGuest;
  let logText = "";
  for (const key of keys) {
    if (!acceptsKeys(server, now)) break;
    const result = handleKey(currentGuest(server, guest, now), server, now, key);
    guest = result.guest;
    logText += result.logText;
    // whatever else was typed, nobody is there to read it
    if (result.power) return { guest, logText, power: result.power };
  }
  return { guest, logText, power: null };
}
