import { trimEnd } from "../../core/trim.ts";

export const hostNumber = (host: string): number =>
  Number(host.slice(trimEnd(host, "0123456789").length));

/** Documentation addresses (RFC 5737). */
export const hostIp = (host: string): string => `192.0.2.${(hostNumber(host) % 254) + 1}`;
