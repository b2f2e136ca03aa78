import type { Instant } from "../../core/instant.ts";

/** What Nova knows consoles by, whether there are any here or not (nova/…/remote_consoles.py:36). */
export type ConsoleProtocol = "vnc" | "spice" | "serial" | "rdp" | "mks";

/** The types that `os-getVNCConsole` takes; xvpvnc is the documents', novnc today's Nova's. */
export const vncTypes = ["novnc", "xvpvnc"] as const;

/** Which types of which protocols there are here; Nova knows more (nova/compute/manager.py:7922). */
export const consoleTypes = {
  vnc: vncTypes,
  serial: ["serial"],
} as const satisfies Partial<Record<ConsoleProtocol, readonly string[]>>;

export type ConsoleType = (typeof consoleTypes)[keyof typeof consoleTypes][number];

/**
 * Where the consoles of a type are, all but the token: Nova's `[vnc] novncproxy_base_url`, the
 * `xvpvncproxy_base_url` that it once had, and `[serial_console] base_url`.
 */
export type ConsoleBases = (type: ConsoleType) => string;

/** What a console token opens. The token itself is known to its holder alone. */
export interface ConsoleGrant {
  readonly project: string;
  readonly server: string;
  readonly type: ConsoleType;
  readonly expires: Instant;
  /** The server's, when it was granted. */
  readonly epoch: number;
  /** Who its power buttons act for, and whether a lock is no hindrance to them. */
  readonly user: string;
  readonly overLock: boolean;
}
