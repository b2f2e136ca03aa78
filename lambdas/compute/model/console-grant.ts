import type { Instant } from "../../core/instant.ts";

/** nova/api/openstack/compute/schemas/remote_consoles.py:36. */
export type ConsoleProtocol = "vnc" | "spice" | "serial" | "rdp" | "mks";

/** Values of `os-getVNCConsole`: today's Nova takes novnc, older documents xvpvnc. */
export const vncTypes = ["novnc", "xvpvnc"] as const;

/** Types available here; Nova knows more (nova/compute/manager.py:7922). */
export const consoleTypes = {
  vnc: vncTypes,
  serial: ["serial"],
} as const satisfies Partial<Record<ConsoleProtocol, readonly string[]>>;

export type ConsoleType = (typeof consoleTypes)[keyof typeof consoleTypes][number];

/**
 * A console URL without its token: `[vnc] novncproxy_base_url`, `xvpvncproxy_base_url` or
 * `[serial_console] base_url`.
 */
export type ConsoleBases = (type: ConsoleType) => string;

/** The rights of a console token. Only its holder knows the token. */
export interface ConsoleGrant {
  readonly project: string;
  readonly server: string;
  readonly type: ConsoleType;
  readonly expires: Instant;
  /** The server's `consoleEpoch` at the grant. */
  readonly epoch: number;
  /** The power buttons act as this user; `overLock` lets them ignore a lock. */
  readonly user: string;
  readonly overLock: boolean;
}
