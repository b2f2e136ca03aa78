import { Fault } from "../../core/fault.ts";
import type { Headers } from "../../http/dialect.ts";
import { least, most } from "../model/microversions.ts";

/**
 * The microversion a request asks for by `OpenStack-API-Version: volume 3.N`; none is the least
 * (cinder/api/openstack/wsgi.py:292).
 */
export function negotiate(headers: Headers): string {
  const header = headers["openstack-api-version"];
  if (header === undefined) return least;
  const part = header.split(",").find((one) => one.includes("volume"));
  const [, asked, ...more] = part?.trim().split(/\s+/) ?? [];
  if (asked === undefined || more.length > 0)
    throw new Fault({ kind: "bad-version", asked: asked ?? "None" });
  if (asked === "latest") return most;
  if (!/^([1-9]\d*)\.([1-9]\d*|0)$/.test(asked)) throw new Fault({ kind: "bad-version", asked });
  const [major, minor = 0] = asked.split(".").map(Number);
  if (major !== 3 || minor > Number(most.split(".")[1]))
    throw new Fault({ kind: "version-out-of-range", asked, least, most });
  return asked;
}

export const stamp = (version: string) => ({
  "openstack-api-version": `volume ${version}`,
  vary: "OpenStack-API-Version",
});
