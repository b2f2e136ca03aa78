import type { ConsoleBases, ConsoleType } from "../../model/console-grant.ts";

/** A console's URL; only noVNC's page passes the token on in `path` (E-33). */
export function consoleUrl(bases: ConsoleBases, type: ConsoleType, token: string): string {
  const { protocol, hostname, pathname, searchParams } = new URL(bases(type));
  // nova/objects/console_auth_token.py:58
  if (type === "novnc")
    searchParams.set("path", `${searchParams.get("path") ?? ""}?token=${token}`);
  else searchParams.set("token", token);
  return `${protocol}//${hostname}:${consoleAddress(bases, type).port}${pathname}?${searchParams}`;
}

/** The port is always explicit: the documents' Java viewer needs it (S1-13). */
export function consoleAddress(bases: ConsoleBases, type: ConsoleType) {
  const { protocol, hostname, port } = new URL(bases(type));
  return { host: hostname, port: Number(port) || (/^(https|wss):$/.test(protocol) ? 443 : 80) };
}
