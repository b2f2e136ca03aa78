import { backspace, enter } from "./guest.ts";
import type { Power } from "./power.ts";
import type { Rfb } from "./rfb-state.ts";

/** X11's names of keys (keysymdef.h). */
const keysym = {
  backspace: [0xff08],
  delete: [0xffff, 0xff9f],
  enter: [0xff0a, 0xff0d, 0xff8d],
  control: [0xffe3, 0xffe4],
  alt: [0xffe9, 0xffea],
} as const satisfies Record<string, readonly number[]>;

/** The keypad's digits and signs, from "*" to "=". */
const keypad = { first: 0xffaa, last: 0xffbd, char: 0x2a } as const;

interface Pressing {
  readonly to?: Partial<Rfb>;
  readonly key?: string;
  readonly power?: Power;
}

/** What comes of a key that goes down or up. */
export function pressing({ control, alt }: Rfb, symbol: number, down: boolean): Pressing {
  const is = (...names: (keyof typeof keysym)[]) =>
    names.some((name) => (keysym[name] as readonly number[]).includes(symbol));
  if (is("control")) return { to: { control: down } };
  if (is("alt")) return { to: { alt: down } };
  if (!down) return {};
  if (is("delete")) return control && alt ? { power: "reboot" } : {};
  if (is("enter")) return { key: enter };
  if (is("backspace")) return { key: backspace };
  const char =
    symbol >= keypad.first && symbol <= keypad.last ? symbol - keypad.first + keypad.char : symbol;
  // Ctrl and a letter, of whatever case; Ctrl and Alt together are what some systems make of AltGr
  if (control && !alt)
    return char >= 0x40 && char < 0x7f ? { key: String.fromCharCode(char & 0x1f) } : {};
  return char >= 0x20 && char <= 0x7e ? { key: String.fromCharCode(char) } : {};
}
