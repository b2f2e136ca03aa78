/** A number that was said on the command line: more than 0, and no more than nobody asks for by mistake. */
export function limited(name: string, said: string, limit: number): number {
  const number = Number(said);
  if (number > 0 && number <= limit) return number;
  throw new Error(`--${name} is more than 0 and at most ${limit}, not ${said}.`);
}
