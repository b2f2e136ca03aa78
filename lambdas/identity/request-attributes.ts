import { badRequest } from "../core/fault.ts";

type Said = Readonly<Record<string, unknown>>;

/** Bytes: Keystone's column of an entity's extra members holds 64 KiB (keystone/common/sql/core.py). */
const mostExtra = 65_535;

/** Members that are no attribute, merged over the previous ones. */
export function extraIn(said: Said, attributes: readonly string[], before: Said = {}): Said {
  const meant = new Set([...attributes, "id", "links", "options"]);
  const more = Object.entries(said).filter(([name]) => !meant.has(name));
  const extra = Object.fromEntries([...Object.entries(before), ...more]);
  if (JSON.stringify(extra).length > mostExtra)
    throw badRequest("The additional attributes are too long.");
  return extra;
}

/** Resource options after a change; null removes one. */
export function optionsAfter(before: Said, said: Said = {}): Said {
  const after = Object.entries({ ...before, ...said }).filter(([, value]) => value !== null);
  return Object.fromEntries(after);
}
