import type { Instant } from "./instant.ts";

// iso8601 1.0.2, iso8601.py:20: by the separator the month and the day may be of one digit
const form =
  /^(\d{4})(?:(?:-(\d{1,2})|(\d\d)(?!$))(?:(?:-(\d{1,2})|(\d\d))(?:[ T](\d\d)(?::?(\d\d))?(?::?(\d{1,2})(?:[.,](\d+))?)?(Z|([-+])(\d\d):?(\d\d)?)?)?)?)?$/;

const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * When a client's text says that something is: oslo.utils' parse_isotime. What it leaves out is the
 * first of its kind, and where it names no zone it is UTC's. null where it says no time.
 */
export function isotime(text: string): Instant | null {
  const said = form.exec(text);
  if (!said) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, ahead = 0, minutes = 0] = [
    ...[said[1], said[2] ?? said[3], said[4] ?? said[5], said[6], said[7], said[8]],
    ...[said[12], said[13]],
  ].map((part) => (part === undefined ? undefined : Number(part)));
  const offset = (ahead * 60 + minutes) * 60_000;
  const fits =
    year >= 1 &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    offset < 86_400_000 &&
    day >= 1 &&
    day <= (longest[month - 1] ?? 0);
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  // the 29th of February rolls over where there is none
  if (!fits || at.getUTCDate() !== day) return null;
  const fraction = Math.floor(Number(`0.${said[9] ?? 0}`) * 1_000_000) / 1_000;
  const wall = at.getTime() + ((hour * 60 + minute) * 60 + second) * 1_000 + fraction;
  return said[11] === "-" ? wall + offset : wall - offset;
}
