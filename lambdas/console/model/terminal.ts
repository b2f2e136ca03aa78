import { isSameScreen, type Screen } from "./screen.ts";

/**
 * What makes of a terminal that shows `before` one that shows `after`; null where it does already. A line
 * is erased before it is written: after one of 80 the cursor still stands in its last column.
 */
export function terminalUpdate(before: Screen | null, after: Screen): string | null {
  if (before && isSameScreen(before, after)) return null;
  const changed = after.lines.flatMap((line, y) =>
    before && before.lines[y] === line ? [] : [`\x1b[${y + 1};1H\x1b[K${line}`],
  );
  return `${before ? "" : "\x1b[2J"}${changed.join("")}\x1b[${after.y + 1};${after.x + 1}H`;
}

const escapeCharacter = "\x1b";

/** Of an arrow, a function key, or Escape itself. */
const escapeSequence = new RegExp(`${escapeCharacter}(\\[[0-9;?]*[ -/]*[@-~]|O.|)`, "g");

/** What a terminal sends, as keys: the sequences of arrows and the like are none. */
export const parseTerminalKeys = (text: string): string =>
  text.replace(escapeSequence, "").replace(/\r?\n/g, "\r").replaceAll("\x7f", "\b");
