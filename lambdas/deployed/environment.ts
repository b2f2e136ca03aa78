import { consoleSettings } from "../http/console-bases.ts";
import { consoleOptions } from "../http/console-options.ts";
import { pagesIn } from "../http/console-page-files.ts";
import type { Settings, Tokens, World } from "../http/environment.ts";
import { lineOf, logsNamed } from "../http/log.ts";
import { authenticate } from "../identity/authentication/authenticate.ts";
import { type Jwk, tokensWith } from "../identity/authentication/tokens.ts";
import { openBackend } from "./backend.ts";
import { now } from "./clock.ts";

const noSigningKey = (): Promise<Jwk> =>
  Promise.reject(new Error("This function does not sign tokens."));

/**
 * The environment of a deployed function, as the stack describes it in environment variables.
 * `dialectOf` knows the dialects of the function's own service; functions that issue tokens pass
 * `signingKey`.
 */
export function deployedEnvironment(
  dialectOf: World["dialectOf"],
  signingKey: () => Promise<Jwk> = noSigningKey,
): World {
  let tokens: Tokens | undefined;
  return {
    backend: openBackend,
    dialectOf,
    authenticate,
    now,
    // standard output, because the platform's console adds a prefix to each line
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
      settings ??= readSettings();
      return settings;
    },
  };
}

let settings: Settings | undefined;

const readSettings = (): Settings => ({
  scheme: "https",
  region: process.env["CLOUD_REGION"] ?? "RegionOne",
  softDelete: process.env["SOFT_DELETE"] === "true",
  // an HTTP API has no WebSockets
  consoles: consoleSettings(process.env, { serial: "/console/serial.html" }),
  ...consoleOptions(process.env, "exchange"),
});
