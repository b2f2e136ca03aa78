/** A number that was said on the command line: more than 0, and no more than nobody asks for by mistake. */
export function parseNumericOption(name: string, text: string, limit: number): number {
  const value = Number(text);
  if (value > 0 && value <= limit) return value;
  throw new Error(`--${name} is more than 0 and at most ${limit}, not ${text}.`);
}
