import type { Instant } from "../core/instant.ts";
import type { Records } from "./records.ts";

/**
 * What many requests go by and few change: read once in a while, and forgotten at once by the process
 * that changes it. Any other goes by what it knows for `lag` milliseconds.
 */
export function remembered<Known>(lag: number, read: (records: Records) => Promise<Known>) {
  const all = new WeakMap<Records, { readonly at: Instant; readonly known: Promise<Known> }>();
  const forget = (records: Records): void => void all.delete(records);
  function ask(records: Records, now: Instant): Promise<Known> {
    const last = all.get(records);
    if (last && now - last.at < lag) return last.known;
    const known = read(records);
    all.set(records, { at: now, known });
    known.catch(() => forget(records));
    return known;
  }
  return { ask, forget };
}
