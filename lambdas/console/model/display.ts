import {
  bootedAt,
  bootText,
  isBooted,
  listens,
  partingText,
} from "../../compute/model/guest-boot-log.ts";
import { observe } from "../../compute/model/lifecycle.ts";
import type { Server } from "../../compute/model/server.ts";
import type { Instant } from "../../core/instant.ts";
import { type Answered, type Guest, pressed } from "./guest.ts";
import { blank, type Screen, write } from "./screen.ts";

/** The guest as it is now: the one that was typed at until its server boots anew, or a fresh one. */
export function guestOf(server: Server, kept: Guest | null, now: Instant): Guest {
  const boot = bootedAt(server);
  if (kept && (now < boot || kept.boot === boot)) return kept;
  return {
    boot,
    screen: write(blank, bootText(server, now)),
    asks: "login",
    user: "",
    line: "",
  };
}

/** What a viewer sees: the guest, and what becomes of its server. */
export function display(server: Server, kept: Guest | null, now: Instant): Screen {
  // QEMU's own words for it
  if (!isBooted(server, now)) return write(blank, "Guest has not initialized the display (yet).");
  if (observe(server.motion, now).vm === "suspended")
    return write(blank, "Guest is suspended: its memory is on disk until it is resumed.");
  const { screen } = guestOf(server, kept, now);
  return write(screen, partingText(server, now));
}

/** What comes of keys, one character each; a guest that is down or still booting hears none of them. */
export function typedAt(
  server: Server,
  kept: Guest | null,
  now: Instant,
  keys: string,
): Omit<Answered, "guest"> & { readonly guest: Guest | null } {
  let guest = kept;
  let said = "";
  for (const key of keys) {
    if (!listens(server, now)) break;
    const answer = pressed(guestOf(server, guest, now), server, now, key);
    guest = answer.guest;
    said += answer.said;
    // whatever else was typed, nobody is there to read it
    if (answer.power) return { guest, said, power: answer.power };
  }
  return { guest, said, power: null };
}
