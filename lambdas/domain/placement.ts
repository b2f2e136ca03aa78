import type { BootFlavor } from "./server.ts";

/** What is asked of a host. */
export interface Wish {
  readonly flavor: BootFlavor | null;
  /** null for any zone. */
  readonly zone: string | null;
  /** The one host it is to be; null for any. */
  readonly only: string | null;
  /** Those it must not be: the one that a server is leaving. */
  readonly except: readonly string[];
  /** What the server was asked for with: groups, and hosts the same or not as another's. */
  readonly hints: Readonly<Record<string, unknown>>;
}

/** The machines that servers are said to be on. */
export const hostNames: readonly string[] = [1, 2, 3, 4].map((number) => `novaless-${number}`);

/** The first host that has what is wished for; null where none has. */
export const hostFor = ({ only, except }: Wish, names = hostNames): string | null =>
  names.find((name) => (only === null || name === only) && !except.includes(name)) ?? null;

/** Nova's words for that, as the fault of a server (nova/scheduler/manager.py:560). */
export const noValidHost = "No valid host was found. There are not enough hosts available.";
