import { badRequest } from "../core/fault.ts";
import { invalidInput } from "./model/attachment.ts";
import { type Asking, isYes } from "./request.ts";

type Facts = Readonly<Record<string, unknown>>;

const booleans = ["bootable", "multiattach", "encrypted", "consumes_quota", "is_public"];
const times = ["created_at", "updated_at"];

/** Names that the database has and the API has not. */
const aliases: Readonly<Record<string, string>> = { display_name: "name", tenant_id: "project_id" };

/** Whether it is what a filter asks for (cinder/volume/api.py:2342). */
export function matches(
  facts: Facts,
  asked: string,
  value: string,
  { microversion }: Pick<Asking, "microversion">,
): boolean {
  const like = microversion >= 34 && asked.endsWith("~");
  const plain = like ? asked.slice(0, -1) : asked;
  const name = aliases[plain] ?? plain;
  const fact = facts[name];
  if (fact === undefined) return false;
  if (like) return String(fact).includes(value);
  if (booleans.includes(name)) return isYes(fact) === said(name, value, microversion);
  if (name === "metadata" || name === "extra_specs") return has(fact, value);
  if (times.includes(name) && microversion >= 60) return isWhen(String(fact), name, value);
  return fact === null ? value === "None" || value === "" : String(fact) === value;
}

/** Up to 3.1 whatever is not "False" is true (cinder/volume/api.py:2373). */
function said(name: string, value: string, microversion: number): boolean {
  if (microversion < 2) return !["False", "false", "FALSE"].includes(value);
  const no = ["0", "f", "false", "off", "n", "no"].includes(value.trim().toLowerCase());
  if (!isYes(value) && !no) throw invalidInput(`'${name} = ${value}'`);
  return isYes(value);
}

/** A dictionary as Python writes one: `{'key': 'value'}`. */
function has(fact: unknown, value: string): boolean {
  let wanted: unknown;
  try {
    wanted = JSON.parse(value.replaceAll("'", '"'));
  } catch {
    return false;
  }
  if (typeof wanted !== "object" || wanted === null) return false;
  const there = Object(fact) as Facts;
  return Object.entries(wanted).every(([key, one]) => there[key] === one);
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  eq: (order) => order === 0,
  neq: (order) => order !== 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

/** `gt:2026-01-01T00:00:00,lt:2026-02-01`; an instant alone is that instant (cinder/api/v3/volumes.py:117). */
function isWhen(fact: string, name: string, value: string): boolean {
  return value.split(",").every((one) => {
    const [, operator = "eq", when = ""] = /^(?:(\w+):)?(\d{4}.*)$/.exec(one) ?? [];
    const instant = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(when) ? when : `${when}Z`);
    const holds = comparisons[operator];
    if (!holds || (Number.isNaN(instant) && Number.isNaN(Date.parse(when))))
      throw badRequest(
        `filter parameter ${name} must have a comparison operator and a time: ${one}`,
      );
    return holds(Date.parse(`${fact}Z`) - (Number.isNaN(instant) ? Date.parse(when) : instant));
  });
}

export function comparedTo(one: unknown, other: unknown): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  const [left, right] = [String(one ?? ""), String(other ?? "")];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
