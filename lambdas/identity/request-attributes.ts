import { badRequest } from "../core/fault.ts";

type Said = Readonly<Record<string, unknown>>;

/** What Keystone keeps of an entity in a column of its own that holds 64 KiB (keystone/common/sql). */
const mostExtra = 65_535;

/** The members that no attribute is meant by: they are kept as they come, over those of before. */
export function extraIn(said: Said, attributes: readonly string[], before: Said = {}): Said {
  const meant = new Set([...attributes, "id", "links", "options"]);
  const more = Object.entries(said).filter(([name]) => !meant.has(name));
  const extra = Object.fromEntries([...Object.entries(before), ...more]);
  if (JSON.stringify(extra).length > mostExtra)
    throw badRequest("The additional attributes are too long.");
  return extra;
}

/** Resource options as they stand after a change; null takes one away. */
export function optionsAfter(before: Said, said: Said = {}): Said {
  const after = Object.entries({ ...before, ...said }).filter(([, value]) => value !== null);
  return Object.fromEntries(after);
}
