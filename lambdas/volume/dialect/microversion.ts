import { Fault } from "../../core/fault.ts";
import type { Headers } from "../../http/dialect.ts";
import { maxMicroversion, minMicroversion } from "../model/microversions.ts";

/**
 * Reads `OpenStack-API-Version: volume 3.N`; the minimum when absent. Throws `bad-version` or
 * `version-out-of-range` (cinder/api/openstack/wsgi.py:292).
 */
export function negotiate(headers: Headers): string {
  const header = headers["openstack-api-version"];
  if (header === undefined) return minMicroversion;
  const part = header.split(",").find((one) => one.includes("volume"));
  const [, requested, ...more] = part?.trim().split(/\s+/) ?? [];
  if (requested === undefined || more.length > 0)
    throw new Fault({ kind: "bad-version", requested: requested ?? "None" });
  if (requested === "latest") return maxMicroversion;
  if (!/^([1-9]\d*)\.([1-9]\d*|0)$/.test(requested))
    throw new Fault({ kind: "bad-version", requested });
  const [major, minor = 0] = requested.split(".").map(Number);
  if (major !== 3 || minor > Number(maxMicroversion.split(".")[1]))
    throw new Fault({
      kind: "version-out-of-range",
      requested,
      minimum: minMicroversion,
      maximum: maxMicroversion,
    });
  return requested;
}

export const versionHeaders = (version: string) => ({
  "openstack-api-version": `volume ${version}`,
  vary: "OpenStack-API-Version",
});
