import type { ConsoleBases, ConsoleType } from "../compute/model/console-grant.ts";
import type { ConsoleSettings } from "./environment.ts";

/** Where consoles are given out, to one who reaches the service at `reached`. */
export function consoleBases(
  { origin, bases }: ConsoleSettings,
  requestOrigin: string,
): ConsoleBases {
  const base = origin ?? requestOrigin;
  const defaults: Record<ConsoleType, string> = {
    novnc: "/console/vnc_auto.html",
    xvpvnc: "/console",
    // no page but a WebSocket, as behind Nova's [serial_console] base_url (nova/conf/serial_console.py:70)
    serial: base.replace(/^http/, "ws"),
  };
  return (type) => new URL(bases[type] ?? defaults[type], base).href;
}

/** The settings by the names of Nova's options; what is empty is not set. */
const baseUrlVariables = {
  novnc: "NOVNCPROXY_BASE_URL",
  xvpvnc: "XVPVNCPROXY_BASE_URL",
  serial: "SERIAL_BASE_URL",
} as const satisfies Record<ConsoleType, string>;

/** Throws where what is set is no address. */
export function readConsoleSettings(
  env: Readonly<Record<string, string | undefined>>,
  defaults: ConsoleSettings["bases"] = {},
): ConsoleSettings {
  const urlIn = (variable: string): string | null => {
    const text = env[variable] || null;
    if (text !== null && !(/^(http|ws)s?:/.test(text) && URL.canParse(text)))
      throw new Error(`${variable} is to be an address like https://console.example.org:443.`);
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
