import type { Instant } from "../core/instant.ts";
import type { Records } from "./records.ts";

/** Caches a rarely changed read for `maxAgeMs`. The process that writes invalidates its own copy. */
export function cachedRead<Known>(maxAgeMs: number, read: (records: Records) => Promise<Known>) {
  const cache = new WeakMap<Records, { readonly at: Instant; readonly value: Promise<Known> }>();
  const invalidate = (records: Records): void => void cache.delete(records);
  function get(records: Records, now: Instant): Promise<Known> {
    const last = cache.get(records);
    if (last && now - last.at < maxAgeMs) return last.value;
    const value = read(records);
    cache.set(records, { at: now, value });
    value.catch(() => invalidate(records));
    return value;
  }
  return { get, invalidate };
}
