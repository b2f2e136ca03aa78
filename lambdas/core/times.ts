import type { Instant } from "./instant.ts";

const dayMs = 86_400_000;
const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
let lastDay = { number: Number.NaN, text: "" };

/** `YYYY-MM-DDTHH:MM:SS`. A list formats hundreds of instants of one day: the day's text is cached. */
export function toIsoSeconds(at: Instant): string {
  const number = Math.floor(at / dayMs);
  if (number !== lastDay.number)
    lastDay = { number, text: new Date(number * dayMs).toISOString().slice(0, 11) };
  const second = Math.floor((at - number * dayMs) / 1_000);
  const minute = Math.floor(second / 60);
  return `${lastDay.text}${twoDigits[Math.floor(minute / 60)]}:${twoDigits[minute % 60]}:${twoDigits[second % 60]}`;
}

/** `YYYY-MM-DDTHH:MM:SSZ` (E-21): Nova's servers, Glance, Neutron. */
export const toIsoSecondsZ = (at: Instant): string => `${toIsoSeconds(at)}Z`;

/** `YYYY-MM-DDTHH:MM:SS.ffffff`, no Z (S4-21): Cinder, and Nova's other resources (E-21). */
export const toIsoMicros = (at: Instant): string =>
  `${toIsoSeconds(at)}.${String(((at % 1_000) + 1_000) % 1_000).padStart(3, "0")}000`;

/** `YYYY-MM-DDTHH:MM:SS.ffffffZ`: Keystone. */
export const toIsoMicrosZ = (at: Instant): string => `${toIsoMicros(at)}Z`;

/** `YYYY-MM-DD HH:MM:SS`, as Python prints a datetime. */
export const toPythonDatetime = (at: Instant): string => toIsoSeconds(at).replace("T", " ");

/** The same format for a value that may be absent. */
export const orNull =
  (format: (at: Instant) => string) =>
  (at: Instant | null): string | null =>
    at === null ? null : format(at);
