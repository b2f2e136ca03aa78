import type { ConsoleType } from "../../compute/model/console-grant.ts";
import type { Server } from "../../compute/model/server.ts";

/** What a console is shown by: noVNC, or a terminal. */
export type PageKind = "vnc" | "serial";

export const pageKindOf = (type: ConsoleType): PageKind => (type === "serial" ? "serial" : "vnc");

/** How a page talks to its console: over a connection, or by requests where there can be none. */
export type ConsoleChannel = "websocket" | "exchange";

/** By their names, which change with what is in them. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
  readonly licence: string;
}

export interface PageFile {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly isGzip: boolean;
}

export interface ConsolePage {
  readonly kind: PageKind;
  /** null for a page that was reloaded: it remembers its token itself. */
  readonly server: Server | null;
  readonly files: PageFiles;
  readonly channel: ConsoleChannel;
  /** Whose pages may have it in a frame. */
  readonly frameAncestors: string;
}
