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

/** The stored guest, or a fresh one after a boot. */
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

export function display(server: Server, storedGuest: Guest | null, now: Instant): Screen {
  // QEMU's text
  if (!hasBooted(server, now))
    return writeText(blankScreen, "Guest has not initialized the display (yet).");
  if (observe(server.motion, now).vm === "suspended")
    return writeText(blankScreen, "Guest is suspended: its memory is on disk until it is resumed.");
  const { screen } = currentGuest(server, storedGuest, now);
  return writeText(screen, shutdownText(server, now));
}

/** Sends keys, one character each; a guest that is off or booting ignores them. */
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
    // the keys after a power command are lost
    if (result.power) return { guest, logText, power: result.power };
  }
  return { guest, logText, power: null };
}
