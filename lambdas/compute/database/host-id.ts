import { createHash } from "node:crypto";

interface HostFields {
  readonly host: string;
  readonly hostId: string;
}

/** A seat that may do without what follows from it. */
export type WithOptionalHostId<S extends HostFields> = Omit<S, "hostId"> & {
  readonly hostId?: string;
};

/** As servers/scheduler.ts has it; an item of a kilobyte has better to do than to say it. */
function generateHostId(project: string, host: string): string {
  const key = `${project}${host}`;
  const cached = hostIdCache.get(key);
  if (cached !== undefined) return cached;
  const id = host === "" ? "" : createHash("sha224").update(key).digest("hex");
  if (hostIdCache.size >= maxCachedHostIds) hostIdCache.clear();
  hostIdCache.set(key, id);
  return id;
}

const maxCachedHostIds = 10_000;
const hostIdCache = new Map<string, string>();

export function dropDerivableHostId<S extends HostFields>(
  project: string,
  fields: S,
): WithOptionalHostId<S> {
  const { hostId, ...rest } = fields;
  return hostId === generateHostId(project, fields.host) ? rest : fields;
}

/** What its host is called in the project. */
export const restoreHostId = (
  project: string,
  { host, hostId }: WithOptionalHostId<HostFields>,
): string => hostId ?? generateHostId(project, host);
