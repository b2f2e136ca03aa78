import { badRequest } from "../core/fault.ts";

type RequestAttributes = Readonly<Record<string, unknown>>;

/** Bytes in Keystone's column of extra members (keystone/common/sql/core.py). */
const maxExtraBytes = 65_535;

/** Merged over the previous ones. */
export function extraAttributes(
  requested: RequestAttributes,
  attributes: readonly string[],
  before: RequestAttributes = {},
): RequestAttributes {
  const meant = new Set([...attributes, "id", "links", "options"]);
  const more = Object.entries(requested).filter(([name]) => !meant.has(name));
  const extra = Object.fromEntries([...Object.entries(before), ...more]);
  if (JSON.stringify(extra).length > maxExtraBytes)
    throw badRequest("The additional attributes are too long.");
  return extra;
}

/** null removes an option. */
export function mergeOptions(
  before: RequestAttributes,
  requested: RequestAttributes = {},
): RequestAttributes {
  const after = Object.entries({ ...before, ...requested }).filter(([, value]) => value !== null);
  return Object.fromEntries(after);
}
