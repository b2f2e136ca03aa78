type Operator = (actual: string, operands: readonly string[]) => boolean;

const compareNumbers =
  (compare: (actual: number, required: number) => boolean): Operator =>
  (actual, [required = ""]) =>
    compare(Number(actual), Number(required));

const compareTexts =
  (compare: (actual: string, required: string) => boolean): Operator =>
  (actual, [required = ""]) =>
    compare(actual, required);

/** nova/scheduler/filters/extra_specs_ops.py. */
const operators: Readonly<Record<string, Operator>> = {
  "=": compareNumbers((actual, required) => actual >= required),
  "==": compareNumbers((actual, required) => actual === required),
  "!=": compareNumbers((actual, required) => actual !== required),
  ">=": compareNumbers((actual, required) => actual >= required),
  "<=": compareNumbers((actual, required) => actual <= required),
  "s==": compareTexts((actual, required) => actual === required),
  "s!=": compareTexts((actual, required) => actual !== required),
  "s<": compareTexts((actual, required) => actual < required),
  "s<=": compareTexts((actual, required) => actual <= required),
  "s>": compareTexts((actual, required) => actual > required),
  "s>=": compareTexts((actual, required) => actual >= required),
  "<in>": compareTexts((actual, required) => actual.includes(required)),
  "<all-in>": (actual, operands) => operands.every((word) => actual.includes(word)),
  // every second word repeats the operator
  "<or>": (actual, operands) => operands.some((word, index) => index % 2 === 0 && word === actual),
};

export function matchesExtraSpec(actual: string, required: string): boolean {
  const [first = "", ...operands] = required.trim().split(/\s+/);
  const operator = Object.hasOwn(operators, first) ? operators[first] : undefined;
  if (!operator) return actual === required;
  return operands.length > 0 && operator(actual, operands);
}
