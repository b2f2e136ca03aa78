import type { ConsoleType } from "../../domain/console/grant.ts";

/** How each type's address ends; only novnc's page is to hand the token on in `path` (E-33). */
const ends: Record<ConsoleType, (token: string) => string> = {
  novnc: (token) => `/console/vnc_auto.html?path=%3Ftoken%3D${token}`,
  xvpvnc: (token) => `/console?token=${token}`,
  serial: (token) => `/?token=${token}`,
};

/** A serial console is no page but a WebSocket (facts/consoles.md §1). */
export const consoleUrl = (consoles: string, type: ConsoleType, token: string): string =>
  `${type === "serial" ? consoles.replace(/^http/, "ws") : consoles}${ends[type](token)}`;
