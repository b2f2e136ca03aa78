import type { Instant } from "./instant.ts";

// iso8601 1.0.2: with separators, month and day may have one digit
const isotimePattern =
  /^(\d{4})(?:(?:-(\d{1,2})|(\d\d)(?!$))(?:(?:-(\d{1,2})|(\d\d))(?:[ T](\d\d)(?::?(\d\d))?(?::?(\d{1,2})(?:[.,](\d+))?)?(Z|([-+])(\d\d):?(\d\d)?)?)?)?)?$/;

const maxDaysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Parses a client's time as oslo_utils' parse_isotime does. Missing parts take their first value, a
 * missing zone is UTC. Returns null for text that is no time.
 */
export function parseIsotime(text: string): Instant | null {
  const match = isotimePattern.exec(text);
  if (!match) return null;
  const [
    year = 0,
    month = 1,
    day = 1,
    hour = 0,
    minute = 0,
    second = 0,
    offsetHours = 0,
    offsetMinutes = 0,
  ] = [
    ...[match[1], match[2] ?? match[3], match[4] ?? match[5], match[6], match[7], match[8]],
    ...[match[12], match[13]],
  ].map((part) => (part === undefined ? undefined : Number(part)));
  const offsetMs = (offsetHours * 60 + offsetMinutes) * 60_000;
  const isInRange =
    year >= 1 &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    offsetMs < 86_400_000 &&
    day >= 1 &&
    day <= (maxDaysInMonth[month - 1] ?? 0);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // February 29 rolls over in other years
  if (!isInRange || date.getUTCDate() !== day) return null;
  const fractionMs = Math.floor(Number(`0.${match[9] ?? 0}`) * 1_000_000) / 1_000;
  const wallClockMs = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1_000 + fractionMs;
  return match[11] === "-" ? wallClockMs + offsetMs : wallClockMs - offsetMs;
}
