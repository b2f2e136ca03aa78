import { cinderBefore2, isTrue, oslo, osloStrict, readBoolean } from "../core/booleans.ts";
import { badRequest } from "../core/fault.ts";
import { invalidInput } from "./model/attachment.ts";
import type { VolumeCall } from "./request.ts";

type Fields = Readonly<Record<string, unknown>>;

const booleanFields = ["bootable", "multiattach", "encrypted", "consumes_quota", "is_public"];
const timeFields = ["created_at", "updated_at"];

/** Names in Cinder's database, by the filters that the API accepts for them. */
const aliases: Readonly<Record<string, string>> = { display_name: "name", tenant_id: "project_id" };

/** cinder/volume/api.py:2342. Throws `malformed` on an invalid boolean or time. */
export function matchesVolumeFilter(
  fields: Fields,
  parameter: string,
  value: string,
  { microversion }: Pick<VolumeCall, "microversion">,
): boolean {
  const like = microversion >= 34 && parameter.endsWith("~");
  const plain = like ? parameter.slice(0, -1) : parameter;
  const name = aliases[plain] ?? plain;
  const field = fields[name];
  if (field === undefined) return false;
  if (like) return String(field).includes(value);
  if (booleanFields.includes(name))
    return isTrue(oslo, field) === parseBoolFilter(name, value, microversion);
  if (name === "metadata" || name === "extra_specs") return hasEntries(field, value);
  if (timeFields.includes(name) && microversion >= 60)
    return matchesTime(String(field), name, value);
  return field === null ? value === "None" || value === "" : String(field) === value;
}

/** cinder/volume/api.py:2373. */
function parseBoolFilter(name: string, value: string, microversion: number): boolean {
  const isWanted = readBoolean(microversion < 2 ? cinderBefore2 : osloStrict, value);
  if (isWanted === undefined) throw invalidInput(`'${name} = ${value}'`);
  return isWanted;
}

/** Reads a dictionary in Python's syntax: `{'key': 'value'}`. */
function hasEntries(field: unknown, value: string): boolean {
  let wanted: unknown;
  try {
    wanted = JSON.parse(value.replaceAll("'", '"'));
  } catch {
    return false;
  }
  if (typeof wanted !== "object" || wanted === null) return false;
  const entries = Object(field) as Fields;
  return Object.entries(wanted).every(([key, one]) => entries[key] === one);
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  eq: (order) => order === 0,
  neq: (order) => order !== 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

/** `gt:2026-01-01T00:00:00,lt:2026-02-01`; a bare time means `eq` (cinder/api/v3/volumes.py:117). */
function matchesTime(field: string, name: string, value: string): boolean {
  return value.split(",").every((one) => {
    const [, operator = "eq", when = ""] = /^(?:(\w+):)?(\d{4}.*)$/.exec(one) ?? [];
    const instant = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(when) ? when : `${when}Z`);
    const holds = comparisons[operator];
    if (!holds || (Number.isNaN(instant) && Number.isNaN(Date.parse(when))))
      throw badRequest(
        `filter parameter ${name} must have a comparison operator and a time: ${one}`,
      );
    return holds(Date.parse(`${field}Z`) - (Number.isNaN(instant) ? Date.parse(when) : instant));
  });
}

export function compareFields(one: unknown, other: unknown): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  const [left, right] = [String(one ?? ""), String(other ?? "")];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
