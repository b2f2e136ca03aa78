import { Fault } from "../../../core/fault.ts";
import type { Headers } from "../../../http/dialect.ts";
import { least, most } from "../../model/microversions.ts";

/**
 * The microversion a request asks for: `OpenStack-API-Version: compute 2.N` before the older
 * `X-OpenStack-Nova-API-Version: 2.N`; none is the least (nova/api/openstack/wsgi.py:876, E-28).
 */
export function negotiate(headers: Headers): string {
  const asked =
    ofCompute(headers["openstack-api-version"]) ??
    headers["x-openstack-nova-api-version"]?.split(",").at(-1)?.trim();
  if (asked === undefined) return least;
  if (asked === "latest") return most;
  if (!/^([1-9]\d*)\.([1-9]\d*|0)$/.test(asked)) throw new Fault({ kind: "bad-version", asked });
  if (number(asked) < number(least) || number(asked) > number(most))
    throw new Fault({ kind: "version-out-of-range", asked, least, most });
  return asked;
}

/** The header names a version for each service it cares for; the last one counts (microversion-parse). */
const ofCompute = (header: string | undefined): string | undefined =>
  header
    ?.split(",")
    .map((part) => /^compute\s+(.+)$/i.exec(part.trim())?.[1])
    .findLast((version) => version !== undefined);

const number = (version: string): number => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major * 1_000_000 + minor;
};

/** Sent with every answer that a version was negotiated for (facts: headers §3.2). */
export const stamp = (version: string) => ({
  "openstack-api-version": `compute ${version}`,
  "x-openstack-nova-api-version": version,
  vary: "OpenStack-API-Version, X-OpenStack-Nova-API-Version",
});
