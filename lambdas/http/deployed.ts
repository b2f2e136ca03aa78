import { openBackend } from "../store/open.ts";
import { lineOf, logsNamed } from "./log.ts";
import { type Jwk, tokensWith } from "./tokens.ts";
import type { Tokens, World } from "./world.ts";

/**
 * The world of a deployed function, as the stack describes it in the environment. Only those that
 * issue tokens bring the key they sign with, and the code that fetches it.
 */
export function deployedWith(signingKey: () => Promise<Jwk>): World {
  let tokens: Tokens | undefined;
  return {
    backend: openBackend,
    now: Date.now,
    // past the platform's console, which would put a line of its own around this one
    answered(answered) {
      const line = lineOf(answered, logsNamed(process.env["LOGS"]));
      if (line !== null) process.stdout.write(`${line}\n`);
    },
    get tokens() {
      tokens ??= tokensWith(JSON.parse(process.env["TOKEN_KEYS"] ?? "[]") as Jwk[], signingKey);
      return tokens;
    },
    get settings() {
      return {
        scheme: "https" as const,
        region: process.env["CLOUD_REGION"] ?? "RegionOne",
        consoles: process.env["CONSOLES"] ?? null,
      };
    },
  };
}

export const deployed: World = deployedWith(() =>
  Promise.reject(new Error("This function does not sign tokens.")),
);
