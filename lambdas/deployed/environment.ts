import { readConsoleSettings } from "../http/console-bases.ts";
import { readConsoleOptions } from "../http/console-options.ts";
import { pageFilesIn } from "../http/console-page-files.ts";
import type { Environment, Settings, Tokens } from "../http/environment.ts";
import { parseLogLevel, toLogLine } from "../http/log.ts";
import { authenticate } from "../identity/authentication/authenticate.ts";
import { createTokens, type Jwk } from "../identity/authentication/tokens.ts";
import { deployedBackend } from "./backend.ts";
import { now } from "./clock.ts";

const noSigningKey = (): Promise<Jwk> =>
  Promise.reject(new Error("This function does not sign tokens."));

/**
 * Reads a deployed function's environment from its environment variables. `dialectOf` knows the
 * dialects of the function's service; functions that issue tokens pass `signingKey`.
 */
export function deployedEnvironment(
  dialectOf: Environment["dialectOf"],
  signingKey: () => Promise<Jwk> = noSigningKey,
): Environment {
  let tokens: Tokens | undefined;
  return {
    backend: deployedBackend,
    dialectOf,
    authenticate,
    now,
    // standard output, because the platform's console adds a prefix to each line
    onResponse(answered) {
      const line = toLogLine(answered, parseLogLevel(process.env["LOGS"]));
      if (line !== null) process.stdout.write(`${line}\n`);
    },
    // beside the functions (infra/aws/bundle.ts)
    pages: pageFilesIn(async () => `${process.env["LAMBDA_TASK_ROOT"] ?? "."}/pages`),
    get tokens() {
      tokens ??= createTokens(JSON.parse(process.env["TOKEN_KEYS"] ?? "[]") as Jwk[], signingKey);
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
  consoles: readConsoleSettings(process.env, { serial: "/console/serial.html" }),
  ...readConsoleOptions(process.env, "exchange"),
});
