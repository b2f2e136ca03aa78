import { createHash } from "node:crypto";

interface HostFields {
  readonly host: string;
  readonly hostId: string;
}

/** A host id that follows from project and host is not stored. */
export type WithOptionalHostId<S extends HostFields> = Omit<S, "hostId"> & {
  readonly hostId?: string;
};

/** Cached nova/utils.py:841. */
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

export const restoreHostId = (
  project: string,
  { host, hostId }: WithOptionalHostId<HostFields>,
): string => hostId ?? generateHostId(project, host);
