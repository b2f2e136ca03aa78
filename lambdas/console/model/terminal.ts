import { isSameScreen, type Screen } from "./screen.ts";

/**
 * Escape sequences from `before` to `after`; null if equal. Erases a line before writing it: after 80
 * characters the cursor stays in the last column.
 */
export function terminalUpdate(before: Screen | null, after: Screen): string | null {
  if (before && isSameScreen(before, after)) return null;
  const changed = after.lines.flatMap((line, y) =>
    before && before.lines[y] === line ? [] : [`\x1b[${y + 1};1H\x1b[K${line}`],
  );
  return `${before ? "" : "\x1b[2J"}${changed.join("")}\x1b[${after.y + 1};${after.x + 1}H`;
}

const escapeCharacter = "\x1b";

/** An arrow, a function key, or Escape. */
export const escapeSequence = new RegExp(`${escapeCharacter}(\\[[0-9;?]*[ -/]*[@-~]|O.|)`, "g");

/** Drops escape sequences. */
export const parseTerminalKeys = (text: string): string =>
  text.replace(escapeSequence, "").replace(/\r?\n/g, "\r").replaceAll("\x7f", "\b");
