import { Token } from "aws-cdk-lib";

/** Of consoles, what Nova has options for too; lambdas/http/console-bases.ts and -options.ts read them. */
export interface ConsoleSettings {
  /** The origin that they are given out at, where it is none of the API's names: `https://host:443`. */
  readonly origin?: string;
  /** Nova's `[vnc] novncproxy_base_url`. */
  readonly novncproxyBaseUrl?: string;
  /** Nova's former `xvpvncproxy_base_url`. */
  readonly xvpvncproxyBaseUrl?: string;
  /** Nova's `[serial_console] base_url`. */
  readonly serialBaseUrl?: string;
  /** Seconds that an address is good for: Nova's `[consoleauth] token_ttl`. */
  readonly tokenTtl?: string;
  /** Whose pages may have a console's in a frame, as CSP's `frame-ancestors` says it. */
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

/** The settings that are made, as functions find them in their environment. */
export function consoleEnvironmentVariables(settings: ConsoleSettings): Record<string, string> {
  const entries = Object.entries(variableFormats).flatMap(
    ([name, [variable, pattern, expected]]) => {
      const value = settings[name as keyof ConsoleSettings];
      if (value === undefined) return [];
      if (!Token.isUnresolved(value) && !pattern.test(value))
        throw new Error(`${name} is to be ${expected}, and not "${value}".`);
      return [[variable, value]];
    },
  );
  return Object.fromEntries(entries);
}
