import type { ConsoleType } from "../../compute/model/console-grant.ts";
import type { Server } from "../../compute/model/server.ts";

export type PageKind = "vnc" | "serial";

export const pageKindOf = (type: ConsoleType): PageKind => (type === "serial" ? "serial" : "vnc");

/** "exchange": HTTP requests, for hosts without WebSockets. */
export type ConsoleChannel = "websocket" | "exchange";

/** File names, each with a hash of the content. */
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
  /** null for a reloaded page: its script stores the token. */
  readonly server: Server | null;
  readonly files: PageFiles;
  readonly channel: ConsoleChannel;
  /** CSP `frame-ancestors`. */
  readonly frameAncestors: string;
}
