export const hostNumber = (host: string): number => Number(/\d+$/.exec(host)?.[0] ?? 0);

/** Documentation addresses (RFC 5737). */
export const hostIp = (host: string): string => `192.0.2.${(hostNumber(host) % 254) + 1}`;
