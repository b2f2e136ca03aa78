import { createHash } from "node:crypto";

interface Seated {
  readonly host: string;
  readonly hostId: string;
}

/** A seat that may do without what follows from it. */
export type Unnamed<S extends Seated> = Omit<S, "hostId"> & { readonly hostId?: string };

/** As servers/scheduler.ts has it; an item of a kilobyte has better to do than to say it. */
function hostIdOf(project: string, host: string): string {
  const key = `${project}${host}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const id = host === "" ? "" : createHash("sha224").update(key).digest("hex");
  if (known.size >= most) known.clear();
  known.set(key, id);
  return id;
}

const most = 10_000;
const known = new Map<string, string>();

export function unnamed<S extends Seated>(project: string, seat: S): Unnamed<S> {
  const { hostId, ...rest } = seat;
  return hostId === hostIdOf(project, seat.host) ? rest : seat;
}

/** What its host is called in the project. */
export const named = (project: string, { host, hostId }: Unnamed<Seated>): string =>
  hostId ?? hostIdOf(project, host);
