import { backspaceKey, enterKey } from "./guest.ts";
import type { Power } from "./power.ts";
import type { RfbConnection } from "./rfb-state.ts";

/** keysymdef.h of X11. */
const keysym = {
  backspace: [0xff08],
  delete: [0xffff, 0xff9f],
  enter: [0xff0a, 0xff0d, 0xff8d],
  control: [0xffe3, 0xffe4],
  alt: [0xffe9, 0xffea],
} as const satisfies Record<string, readonly number[]>;

/** Keypad keys from "*" to "=". */
const keypad = { first: 0xffaa, last: 0xffbd, char: 0x2a } as const;

interface KeyEffect {
  readonly changes?: Partial<RfbConnection>;
  readonly key?: string;
  readonly power?: Power;
}

export function interpretKey(
  { control, alt }: RfbConnection,
  symbol: number,
  isDown: boolean,
): KeyEffect {
  const isOneOf = (...names: (keyof typeof keysym)[]) =>
    names.some((name) => (keysym[name] as readonly number[]).includes(symbol));
  if (isOneOf("control")) return { changes: { control: isDown } };
  if (isOneOf("alt")) return { changes: { alt: isDown } };
  if (!isDown) return {};
  if (isOneOf("delete")) return control && alt ? { power: "reboot" } : {};
  if (isOneOf("enter")) return { key: enterKey };
  if (isOneOf("backspace")) return { key: backspaceKey };
  const char =
    symbol >= keypad.first && symbol <= keypad.last ? symbol - keypad.first + keypad.char : symbol;
  // Ctrl with a letter of either case; some systems send AltGr as Ctrl and Alt
  if (control && !alt)
    return char >= 0x40 && char < 0x7f ? { key: String.fromCharCode(char & 0x1f) } : {};
  return char >= 0x20 && char <= 0x7e ? { key: String.fromCharCode(char) } : {};
}
