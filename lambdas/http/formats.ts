import { parseIsotime } from "../core/isotime.ts";
import { isUuid } from "../core/uuid.ts";
import type { Format } from "./schema.ts";

/** The checks of string formats (nova/api/validation/validators.py:40-140). */
export const formatChecks: Record<Exclude<Format, "name">, (text: string) => boolean> = {
  uuid: isUuid,
  ipv4: (text) =>
    /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.test(text) &&
    text.split(".").every((part) => Number(part) < 256 && String(Number(part)) === part),
  ipv6: isIpv6,
  base64: (text) => {
    const compact = text.replace(/\s/g, "");
    return compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
  },
  regex: (text) => {
    try {
      new RegExp(text);
      return text !== "";
    } catch {
      return false;
    }
  },
  "date-time": (text) => parseIsotime(text) !== null,
};

/**
 * Returns Nova's reason to refuse a name, or null: printable characters of the Basic Multilingual
 * Plane, no leading or trailing spaces (nova/api/validation/parameter_types.py:150).
 */
export function nameError(name: string): string | null {
  return printablePattern.test(name) && !/^\p{Zs}|\p{Zs}$/u.test(name) && isBmp(name)
    ? null
    : "printable characters. Can not start or end with whitespace.";
}

/** The same on the old /v2, where a name may have leading and trailing spaces (E-11). */
export function legacyNameError(name: string): string | null {
  return printablePattern.test(name) && (name === "" || name.trim() !== "") && isBmp(name)
    ? null
    : "printable characters with at least one non space character";
}

const printablePattern = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]*$/u;

const isBmp = (text: string) => !/[\ud800-\udfff]/.test(text);

function isIpv6(text: string): boolean {
  try {
    return text.includes(":") && !/[[\]%/]/.test(text) && new URL(`http://[${text}]/`).host !== "";
  } catch {
    return false;
  }
}
