import type { Instant } from "./instant.ts";

const day = 86_400_000;
const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
let lastDay = { number: Number.NaN, text: "" };

/** `YYYY-MM-DDTHH:MM:SS`. A list writes hundreds, mostly of one day, which is worked out but once. */
export function seconds(at: Instant): string {
  const number = Math.floor(at / day);
  if (number !== lastDay.number)
    lastDay = { number, text: new Date(number * day).toISOString().slice(0, 11) };
  const second = Math.floor((at - number * day) / 1_000);
  const minute = Math.floor(second / 60);
  return `${lastDay.text}${two[Math.floor(minute / 60)]}:${two[minute % 60]}:${two[second % 60]}`;
}

/** `YYYY-MM-DDTHH:MM:SSZ` (E-21). */
export const zulu = (at: Instant): string => `${seconds(at)}Z`;

/** `YYYY-MM-DDTHH:MM:SS.ffffff`, no Z (S4-21). */
export const micros = (at: Instant): string =>
  `${seconds(at)}.${String(((at % 1_000) + 1_000) % 1_000).padStart(3, "0")}000`;

/** `YYYY-MM-DDTHH:MM:SS.ffffffZ`, as Keystone writes it. */
export const microsZulu = (at: Instant): string => `${micros(at)}Z`;
