import { consoleSettings } from "../http/console-bases.ts";
import { consoleOptions } from "../http/console-options.ts";
import { pagesIn } from "../http/console-page-files.ts";
import type { Settings, Tokens, World } from "../http/environment.ts";
import { lineOf, logsNamed } from "../http/log.ts";
import { type Jwk, tokensWith } from "../identity/authentication/tokens.ts";
import { openBackend } from "./backend.ts";

/**
 * The world of a deployed function, as the stack describes it in the environment. Only those that
 * issue tokens bring the key they sign with, and the code that fetches it.
 */
export function deployedWith(signingKey: () => Promise<Jwk>): World {
  let tokens: Tokens | undefined;
  let settings: Settings | undefined;
  return {
    backend: openBackend,
    now: Date.now,
    // past the platform's console, which would put a line of its own around this one
    answered(answered) {
      const line = lineOf(answered, logsNamed(process.env["LOGS"]));
      if (line !== null) process.stdout.write(`${line}\n`);
    },
    // beside the functions (infra/aws/bundle.ts)
    pages: pagesIn(async () => `${process.env["LAMBDA_TASK_ROOT"] ?? "."}/pages`),
    get tokens() {
      tokens ??= tokensWith(JSON.parse(process.env["TOKEN_KEYS"] ?? "[]") as Jwk[], signingKey);
      return tokens;
    },
    get settings() {
      settings ??= {
        scheme: "https",
        region: process.env["CLOUD_REGION"] ?? "RegionOne",
        softDelete: process.env["SOFT_DELETE"] === "true",
        // an HTTP API takes no WebSockets
        consoles: consoleSettings(process.env, { serial: "/console/serial.html" }),
        // there is nothing that a WebSocket could end at
        ...consoleOptions(process.env, "exchange"),
      };
      return settings;
    },
  };
}

export const deployed: World = deployedWith(() =>
  Promise.reject(new Error("This function does not sign tokens.")),
);
