import { Token } from "aws-cdk-lib";

/** Console settings that Nova has options for (lambdas/http/console-bases.ts, console-options.ts). */
export interface ConsoleSettings {
  /** The origin of console URLs, where it is not the API's: `https://host:443`. */
  readonly origin?: string;
  /** Nova's `[vnc] novncproxy_base_url`. */
  readonly novncproxyBaseUrl?: string;
  /** Nova's former `xvpvncproxy_base_url`. */
  readonly xvpvncproxyBaseUrl?: string;
  /** Nova's `[serial_console] base_url`. */
  readonly serialBaseUrl?: string;
  /** Seconds that a console URL is valid: Nova's `[consoleauth] token_ttl`. */
  readonly tokenTtl?: string;
  /** Origins that may frame a console page: CSP's `frame-ancestors`. */
  readonly frameAncestors?: string;
}

const addressFormat = [
  /^(http|ws)s?:\/\/[^\s/]+.*$/,
  "an address like https://console.example.org:443",
] as const;

const variableFormats: Readonly<
  Record<keyof ConsoleSettings, readonly [variable: string, takes: RegExp, what: string]>
> = {
  origin: ["CONSOLES", ...addressFormat],
  novncproxyBaseUrl: ["NOVNCPROXY_BASE_URL", ...addressFormat],
  xvpvncproxyBaseUrl: ["XVPVNCPROXY_BASE_URL", ...addressFormat],
  serialBaseUrl: ["SERIAL_BASE_URL", ...addressFormat],
  tokenTtl: ["CONSOLE_TOKEN_TTL", /^[1-9]\d{0,8}$/, "a number of seconds"],
  frameAncestors: ["CONSOLE_FRAME_ANCESTORS", /^[\w.:/*' -]+$/, "a list of origins"],
};

/** The settings as environment variables of the functions. */
export function consoleEnvironmentVariables(settings: ConsoleSettings): Record<string, string> {
  const entries = Object.entries(variableFormats).flatMap(
    ([name, [variable, pattern, expected]]) => {
      const value = settings[name as keyof ConsoleSettings];
      if (value === undefined) return [];
      if (!Token.isUnresolved(value) && !pattern.test(value))
        throw new Error(`${name} must be ${expected}, got "${value}".`);
      return [[variable, value]];
    },
  );
  return Object.fromEntries(entries);
}
