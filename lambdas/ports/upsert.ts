import type { Records, Shelf } from "./records.ts";

/** Changes what is kept under an id, there or not. (GetItem, PutItem) */
export async function amend<R>(
  records: Records,
  shelf: Shelf<R>,
  id: string,
  to: (was: R | null) => R,
): Promise<R> {
  for (;;) {
    const changed = await records.change(shelf, id, to);
    if (changed !== null) return changed;
    const first = to(null);
    if (await records.add(shelf, id, first)) return first;
  }
}
