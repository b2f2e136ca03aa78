import type { PixelFormat } from "./pixels.ts";

/** State of an RFB connection (RFC 6143); plain JSON, as a Lambda stores it between messages. */
export interface RfbConnection {
  readonly phase: "version" | "security" | "init" | "running";
  readonly minor: 3 | 7 | 8;
  /** The start of an incomplete message, in Latin-1. */
  readonly unread: string;
  /** Coming bytes to skip. */
  readonly unwanted: number;
  readonly format: PixelFormat;
  readonly tight: boolean;
  readonly copyRect: boolean;
  /** Power buttons. */
  readonly xvp: boolean;
  /** ContinuousUpdates: updates without requests. */
  readonly continuous: "no" | "offered" | "on";
  readonly wants: "nothing" | "changes" | "everything";
  readonly control: boolean;
  readonly alt: boolean;
}
