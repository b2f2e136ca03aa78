/** Keysyms of keys without a character (X11's keysymdef.h). */
export const keysyms = { backspace: 0xff08, tab: 0xff09, enter: 0xff0d } as const;

const controlKeysyms: Readonly<Record<string, number>> = {
  "\b": keysyms.backspace,
  "\t": keysyms.tab,
  "\n": keysyms.enter,
};

/** Latin-1 characters are their own keysyms; others are the code point with a Unicode flag. */
function keysymOf(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  return controlKeysyms[char] ?? (code < 0x100 ? code : 0x01000000 | code);
}

/** The keysyms that type a text; characters without one are left out. */
export const keysymsFor = (text: string): number[] =>
  [...text.replace(/\r\n?/g, "\n")]
    .filter((char) => char in controlKeysyms || char >= " ")
    .map((char) => keysymOf(char));

/**
 * The typed keys, from the change of a field's text: on-screen keyboards report no keys, because
 * they correct words.
 */
export function keystrokesBetween(before: string, after: string): string {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  return "\b".repeat(before.length - same) + after.slice(same);
}
