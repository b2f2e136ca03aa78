import type { ConsoleChannel } from "../console/model/page.ts";
import type { Settings } from "./environment.ts";

/** Seconds: Nova's `[consoleauth] token_ttl` (nova/conf/consoleauth.py:24). */
const defaultTtlSeconds = "600";

/** Reads the console settings other than addresses. An empty variable is not set. */
export const readConsoleOptions = (
  env: Readonly<Record<string, string | undefined>>,
  channel: ConsoleChannel,
): Pick<Settings, "consoleTokenTtlMs" | "consoleChannel" | "consoleFrameAncestors"> => ({
  consoleTokenTtlMs: parseTtlMs(env["CONSOLE_TOKEN_TTL"] || defaultTtlSeconds),
  consoleChannel: parseChannel(env["CONSOLE_CHANNEL"] || channel),
  consoleFrameAncestors: parseFrameAncestors(env["CONSOLE_FRAME_ANCESTORS"] || "'self'"),
});

function parseTtlMs(seconds: string): number {
  if (!/^[1-9]\d{0,8}$/.test(seconds))
    throw new Error(`CONSOLE_TOKEN_TTL must be a number of seconds, got "${seconds}".`);
  return Number(seconds) * 1_000;
}

function parseChannel(name: string): ConsoleChannel {
  if (name !== "websocket" && name !== "exchange")
    throw new Error(`CONSOLE_CHANNEL must be "websocket" or "exchange", got "${name}".`);
  return name;
}

/** A CSP directive's value: characters that would end the directive or the header are refused. */
function parseFrameAncestors(sources: string): string {
  if (!/^[\w.:/*' -]+$/.test(sources))
    throw new Error(`CONSOLE_FRAME_ANCESTORS must be a list of origins, got "${sources}".`);
  return sources;
}
