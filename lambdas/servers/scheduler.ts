import { createHash } from "node:crypto";
import type { Backend } from "../domain/backend.ts";
import type { Instant } from "../domain/lifecycle.ts";
import { hostFor, type Wish } from "../domain/placement.ts";

/** The host a server is to be on, or null where there is none for it. */
export const schedule = async (
  _backend: Backend,
  wish: Wish,
  _now: Instant,
): Promise<string | null> => hostFor(wish);

/** nova/utils.py:841: a host has another id in every project (E-20); "" for none. */
export const hostIdOf = (project: string, host: string): string =>
  host === "" ? "" : createHash("sha224").update(`${project}${host}`).digest("hex");
