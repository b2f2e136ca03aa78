/** Parses a number of the command line: more than 0, with an upper limit against mistakes. */
export function parseNumericOption(name: string, text: string, limit: number): number {
  const value = Number(text);
  if (value > 0 && value <= limit) return value;
  throw new Error(`--${name} must be more than 0 and at most ${limit}, got ${text}.`);
}
