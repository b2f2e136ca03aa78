import type { Instant } from "./instant.ts";

/** `YYYY-MM-DDTHH:MM:SS.ffffff`, as what has no view of its own shows an instant (E-21). */
export const stamp = (at: Instant): string => `${new Date(at).toISOString().slice(0, -1)}000`;
