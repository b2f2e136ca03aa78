/** The keysyms of what has no character (X11's keysymdef.h). */
export const keysyms = { backspace: 0xff08, tab: 0xff09, enter: 0xff0d } as const;

const controlKeysyms: Readonly<Record<string, number>> = {
  "\b": keysyms.backspace,
  "\t": keysyms.tab,
  "\n": keysyms.enter,
};

/** Latin-1 is itself; of all others the code point, marked as Unicode. */
function keysymOf(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  return controlKeysyms[char] ?? (code < 0x100 ? code : 0x01000000 | code);
}

/** The keys that type a text: what cannot be typed is left out. */
export const keysymsFor = (text: string): number[] =>
  [...text.replace(/\r\n?/g, "\n")]
    .filter((char) => char in controlKeysyms || char >= " ")
    .map((char) => keysymOf(char));

/**
 * What was typed into a field, by how its text has changed: on-screen keyboards say no more than that,
 * for they correct whole words.
 */
export function keystrokesBetween(before: string, after: string): string {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  return "\b".repeat(before.length - same) + after.slice(same);
}
