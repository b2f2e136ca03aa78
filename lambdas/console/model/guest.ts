import type { Server } from "../../compute/model/server.ts";
import type { Instant } from "../../core/instant.ts";
import { run } from "./commands.ts";
import type { Power } from "./power.ts";
import { type Screen, write } from "./screen.ts";

/** The simulated guest of a server since one of its boots, where anybody has typed anything at it. */
export interface Guest {
  /** Which boot. */
  readonly boot: Instant;
  readonly screen: Screen;
  readonly asks: "login" | "password" | "command";
  readonly user: string;
  /** What has been typed since the last Enter; of a password nothing, since any will do. */
  readonly line: string;
}

export interface Answered {
  readonly guest: Guest;
  /** What goes into the console's log: a line when it is complete. */
  readonly said: string;
  readonly power: Power | null;
}

const longestLine = 200;

export const enter = "\r";
export const backspace = "\b";
export const interrupt = "\x03";

/** The guest after one key: one that prints, Enter, Backspace or Ctrl-C; any other does nothing. */
export function pressed(guest: Guest, server: Server, now: Instant, key: string): Answered {
  const { line, asks } = guest;
  const isSecret = asks === "password";
  const silent = (next: Guest): Answered => ({ guest: next, said: "", power: null });
  const shown = (text: string) => write(guest.screen, text);

  if (key === interrupt)
    return answered("^C\n", asks === "command" ? {} : { asks: "login", user: "" });
  if (key === enter) return entered();
  if (isSecret) return silent(guest);
  if (key === backspace)
    return line === ""
      ? silent(guest)
      : silent({ ...guest, line: line.slice(0, -1), screen: shown("\b \b") });
  if (key < " " || key > "~" || key.length > 1 || line.length >= longestLine) return silent(guest);
  return silent({ ...guest, line: line + key, screen: shown(key) });

  function entered(): Answered {
    if (asks === "login") return answered("\n", line ? { asks: "password", user: line } : {});
    if (asks === "password")
      return answered(
        `\nWelcome to ${guest.user}'s session: simulated, like all of this guest.\n`,
        {
          asks: "command",
        },
      );
    const { says, leaves = false, power = null } = run(line.trim(), { server, now, ...guest });
    return answered(`\n${says}`, leaves ? { asks: "login", user: "" } : {}, power);
  }

  /** The line that was typed stands on the screen already, but not in the log. */
  function answered(text: string, to: Partial<Guest>, power: Power | null = null): Answered {
    const next = { ...guest, line: "", ...to };
    const out = text + promptOf(next, server);
    return {
      guest: { ...next, screen: shown(out) },
      said: line + out,
      power,
    };
  }
}

export const promptOf = ({ asks, user }: Guest, { hostname }: Server): string =>
  asks === "login"
    ? `${hostname} login: `
    : asks === "password"
      ? "Password: "
      : `${user}@${hostname}:~${user === "root" ? "#" : "$"} `;
