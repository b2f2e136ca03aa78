import type { PixelFormat } from "./pixels.ts";

/**
 * How far a viewer has come in RFB 3.3, 3.7 or 3.8 (RFC 6143). Plain JSON: a process that lives long and
 * a Lambda that wakes for each message run the same functions over it.
 */
export interface RfbConnection {
  readonly phase: "version" | "security" | "init" | "running";
  readonly minor: 3 | 7 | 8;
  /** The beginning of a message whose end is still to come, a character for each byte. */
  readonly unread: string;
  /** Bytes still to come that nobody needs. */
  readonly unwanted: number;
  readonly format: PixelFormat;
  readonly tight: boolean;
  readonly copyRect: boolean;
  /** Power buttons (the xvp extension). */
  readonly xvp: boolean;
  /** Whether updates go out without being asked for (the ContinuousUpdates extension). */
  readonly continuous: "no" | "offered" | "on";
  readonly wants: "nothing" | "changes" | "everything";
  readonly control: boolean;
  readonly alt: boolean;
}
