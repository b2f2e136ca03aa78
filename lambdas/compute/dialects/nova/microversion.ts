import { Fault } from "../../../core/fault.ts";
import type { Headers } from "../../../http/dialect.ts";
import { maxMicroversion, minMicroversion } from "../../model/microversions.ts";

/**
 * The requested microversion: `OpenStack-API-Version: compute 2.N` before the older
 * `X-OpenStack-Nova-API-Version: 2.N`; the minimum without either (nova/api/openstack/wsgi.py:876,
 * E-28).
 */
export function negotiate(headers: Headers): string {
  const requested =
    computeVersionIn(headers["openstack-api-version"]) ??
    headers["x-openstack-nova-api-version"]?.split(",").at(-1)?.trim();
  if (requested === undefined) return minMicroversion;
  if (requested === "latest") return maxMicroversion;
  if (!/^([1-9]\d*)\.([1-9]\d*|0)$/.test(requested))
    throw new Fault({ kind: "bad-version", requested });
  if (
    comparableVersion(requested) < comparableVersion(minMicroversion) ||
    comparableVersion(requested) > comparableVersion(maxMicroversion)
  )
    throw new Fault({
      kind: "version-out-of-range",
      requested,
      minimum: minMicroversion,
      maximum: maxMicroversion,
    });
  return requested;
}

/** The header names a version per service; the last one wins. */
const computeVersionIn = (header: string | undefined): string | undefined =>
  header
    ?.split(",")
    .map((part) => /^compute\s(.+)$/i.exec(part.trim())?.[1]?.trimStart())
    .findLast((version) => version !== undefined);

const comparableVersion = (version: string): number => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major * 1_000_000 + minor;
};

/** The headers of every response with a negotiated version. */
export const versionHeaders = (version: string) => ({
  "openstack-api-version": `compute ${version}`,
  "x-openstack-nova-api-version": version,
  vary: "OpenStack-API-Version, X-OpenStack-Nova-API-Version",
});
