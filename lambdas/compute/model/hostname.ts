import { trimEnd, trimStart } from "../../core/trim.ts";

/** dnsmasq's limit (nova/utils.py:321). */
const maxHostnameLength = 63;

const hostnamePattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The server's name reduced to DNS characters, or its id (nova/compute/api.py:2128). */
export function toHostname(name: string, id: string): string {
  if (hostnamePattern.test(name)) return name;
  const characters = [...name]
    .filter((character) => character <= "\u00ff")
    .slice(0, maxHostnameLength)
    .join("")
    .replace(/[ _.]/g, "-")
    .replace(/[^\p{L}\p{N}-]/gu, "")
    .toLowerCase();
  return trimStart(trimEnd(characters, "-"), "-") || `Server-${id}`;
}
