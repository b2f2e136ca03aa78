import type { Instant } from "../domain/lifecycle.ts";

/** `YYYY-MM-DDTHH:MM:SS`. */
export const seconds = (at: Instant): string => new Date(at).toISOString().slice(0, 19);

/** `YYYY-MM-DDTHH:MM:SSZ` (E-21). */
export const zulu = (at: Instant): string => `${seconds(at)}Z`;

/** `YYYY-MM-DDTHH:MM:SS.ffffff`, no Z (S4-21). */
export const micros = (at: Instant): string => `${new Date(at).toISOString().slice(0, 23)}000`;

/** `YYYY-MM-DDTHH:MM:SS.ffffffZ`, as Keystone writes it. */
export const microsZulu = (at: Instant): string => `${micros(at)}Z`;
