import type { Server } from "../../compute/model/server.ts";
import type { Instant } from "../../core/instant.ts";
import { runCommand } from "./commands.ts";
import type { Power } from "./power.ts";
import { type Screen, writeText } from "./screen.ts";

/** The simulated guest of one boot; stored after the first key. */
export interface Guest {
  readonly boot: Instant;
  readonly screen: Screen;
  readonly asks: "login" | "password" | "command";
  readonly user: string;
  /** Input since the last Enter; empty for a password, which is not checked. */
  readonly line: string;
}

export interface KeyResult {
  readonly guest: Guest;
  /** Complete lines for the console log. */
  readonly logText: string;
  readonly power: Power | null;
}

const maxLineLength = 200;

export const enterKey = "\r";
export const backspaceKey = "\b";
export const interruptKey = "\x03";

/** Accepts printable keys, Enter, Backspace and Ctrl-C; ignores others. */
export function handleKey(guest: Guest, server: Server, now: Instant, key: string): KeyResult {
  const { line, asks } = guest;
  const isSecret = asks === "password";
  const withoutLog = (next: Guest): KeyResult => ({ guest: next, logText: "", power: null });
  const writeScreen = (text: string) => writeText(guest.screen, text);

  if (key === interruptKey)
    return respond("^C\n", asks === "command" ? {} : { asks: "login", user: "" });
  if (key === enterKey) return submitLine();
  if (isSecret) return withoutLog(guest);
  if (key === backspaceKey)
    return line === ""
      ? withoutLog(guest)
      : withoutLog({ ...guest, line: line.slice(0, -1), screen: writeScreen("\b \b") });
  if (key < " " || key > "~" || key.length > 1 || line.length >= maxLineLength)
    return withoutLog(guest);
  return withoutLog({ ...guest, line: line + key, screen: writeScreen(key) });

  function submitLine(): KeyResult {
    if (asks === "login") return respond("\n", line ? { asks: "password", user: line } : {});
    if (asks === "password")
      return respond(`\nWelcome to ${guest.user}'s session: simulated, like all of this guest.\n`, {
        asks: "command",
      });
    const {
      output,
      logsOut = false,
      power = null,
    } = runCommand(line.trim(), { server, now, ...guest });
    return respond(`\n${output}`, logsOut ? { asks: "login", user: "" } : {}, power);
  }

  /** The input line is on the screen already, but not in the log. */
  function respond(text: string, to: Partial<Guest>, power: Power | null = null): KeyResult {
    const next = { ...guest, line: "", ...to };
    const outputAndPrompt = text + promptOf(next, server);
    return {
      guest: { ...next, screen: writeScreen(outputAndPrompt) },
      logText: line + outputAndPrompt,
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
