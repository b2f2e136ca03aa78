import { isSame, type Screen } from "./screen.ts";

/**
 * What makes of a terminal that shows `before` one that shows `after`; null where it does already. A line
 * is erased before it is written: after one of 80 the cursor still stands in its last column.
 */
export function terminalUpdate(before: Screen | null, after: Screen): string | null {
  if (before && isSame(before, after)) return null;
  const changed = after.lines.flatMap((line, y) =>
    before && before.lines[y] === line ? [] : [`\x1b[${y + 1};1H\x1b[K${line}`],
  );
  return `${before ? "" : "\x1b[2J"}${changed.join("")}\x1b[${after.y + 1};${after.x + 1}H`;
}

const introducer = "\x1b";

/** Of an arrow, a function key, or Escape itself. */
const sequence = new RegExp(`${introducer}(\\[[0-9;?]*[ -/]*[@-~]|O.|)`, "g");

/** What a terminal sends, as keys: the sequences of arrows and the like are none. */
export const terminalKeys = (text: string): string =>
  text.replace(sequence, "").replace(/\r?\n/g, "\r").replaceAll("\x7f", "\b");
