import type { ConsoleBases, ConsoleType } from "../compute/model/console-grant.ts";
import type { ConsoleSettings } from "./environment.ts";

/** The base address of each console type, for a client that reaches the service at `reached`. */
export function consoleBases(
  { origin, bases }: ConsoleSettings,
  requestOrigin: string,
): ConsoleBases {
  const base = origin ?? requestOrigin;
  const defaults: Record<ConsoleType, string> = {
    novnc: "/console/vnc_auto.html",
    xvpvnc: "/console",
    // a WebSocket without a page, like Nova's [serial_console] base_url
    // (nova/conf/serial_console.py:70)
    serial: base.replace(/^http/, "ws"),
  };
  return (type) => new URL(bases[type] ?? defaults[type], base).href;
}

/** Reads the settings named like Nova's options. An empty one is not set. */
const baseUrlVariables = {
  novnc: "NOVNCPROXY_BASE_URL",
  xvpvnc: "XVPVNCPROXY_BASE_URL",
  serial: "SERIAL_BASE_URL",
} as const satisfies Record<ConsoleType, string>;

/** Throws for a setting that is no URL. */
export function readConsoleSettings(
  env: Readonly<Record<string, string | undefined>>,
  defaults: ConsoleSettings["bases"] = {},
): ConsoleSettings {
  const urlIn = (variable: string): string | null => {
    const text = env[variable] || null;
    if (text !== null && !(/^(http|ws)s?:/.test(text) && URL.canParse(text)))
      throw new Error(`${variable} must be a URL like https://console.example.org:443.`);
    return text;
  };
  const set = Object.entries(baseUrlVariables).flatMap(([type, variable]) => {
    const base = urlIn(variable);
    return base ? [[type, base]] : [];
  });
  return {
    origin: urlIn("CONSOLES"),
    bases: { ...defaults, ...Object.fromEntries(set) },
  };
}
