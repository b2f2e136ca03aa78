type Operator = (said: string, words: readonly string[]) => boolean;

const numbers =
  (holds: (said: number, asked: number) => boolean): Operator =>
  (said, [asked = ""]) =>
    holds(Number(said), Number(asked));

const texts =
  (holds: (said: string, asked: string) => boolean): Operator =>
  (said, [asked = ""]) =>
    holds(said, asked);

/** nova/scheduler/filters/extra_specs_ops.py. */
const operators: Readonly<Record<string, Operator>> = {
  "=": numbers((said, asked) => said >= asked),
  "==": numbers((said, asked) => said === asked),
  "!=": numbers((said, asked) => said !== asked),
  ">=": numbers((said, asked) => said >= asked),
  "<=": numbers((said, asked) => said <= asked),
  "s==": texts((said, asked) => said === asked),
  "s!=": texts((said, asked) => said !== asked),
  "s<": texts((said, asked) => said < asked),
  "s<=": texts((said, asked) => said <= asked),
  "s>": texts((said, asked) => said > asked),
  "s>=": texts((said, asked) => said >= asked),
  "<in>": texts((said, asked) => said.includes(asked)),
  "<all-in>": (said, words) => words.every((word) => said.includes(word)),
  // every other word is the operator again
  "<or>": (said, words) => words.some((word, index) => index % 2 === 0 && word === said),
};

/** Whether what is said of a host is what an extra spec asks for. */
export function matches(said: string, asked: string): boolean {
  const [first = "", ...words] = asked.trim().split(/\s+/);
  const operator = Object.hasOwn(operators, first) ? operators[first] : undefined;
  if (!operator) return said === asked;
  return words.length > 0 && operator(said, words);
}
