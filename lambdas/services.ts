import { computeDialectOf } from "./compute/dialects/compute-dialect-of.ts";
import { consoleDialect } from "./console/dialect/console.ts";
import type { Dialect, Headers } from "./http/dialect.ts";
import type { Service } from "./http/operation.ts";
import { keystone } from "./identity/dialect/keystone.ts";
import { glance } from "./image/dialect/glance.ts";
import { neutron } from "./network/dialect/neutron.ts";
import { cinder } from "./volume/dialect/cinder.ts";

/** The paths under which a service's operations are mounted, each with each. */
export const mounts = {
  compute: [
    "/v2.1",
    "/v2.1/{project_id}",
    "/v2/{project_id}",
    "",
    "/accounts/{account_id}/flexcloud",
  ],
  identity: ["/identity"],
  image: ["/image"],
  network: ["/network"],
  volume: ["/volume/v3/{project_id}", "/volume/v3"],
  console: ["/console"],
  root: [""],
} as const satisfies Record<Service, readonly string[]>;

/** The mounts of a service's function group. Rackspace's and FlexCloud's dialects have no group. */
export const groupMounts: Readonly<Record<Service, readonly string[]>> = {
  ...mounts,
  compute: ["/v2.1", "/v2.1/{project_id}", "/v2/{project_id}"],
};

/** The dialect of a request, by its path and headers. */
export function dialectOf(path: string, headers: Headers): Dialect {
  if (/^\/identity(\/|$)/.test(path)) return keystone;
  if (/^\/image(\/|$)/.test(path)) return glance;
  if (/^\/network(\/|$)/.test(path)) return neutron;
  if (/^\/volume(\/|$)/.test(path)) return cinder;
  if (/^\/console(\/|$)/.test(path)) return consoleDialect;
  return computeDialectOf(path, headers);
}
