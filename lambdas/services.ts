import { discovery } from "./compute/dialects/discovery.ts";
import { flexcloud } from "./compute/dialects/flexcloud/flexcloud.ts";
import { nova, novaV2 } from "./compute/dialects/nova/nova.ts";
import { rackspace } from "./compute/dialects/rackspace/rackspace.ts";
import { console } from "./console/dialect/console.ts";
import type { Dialect, Headers } from "./http/dialect.ts";
import { keystone } from "./identity/dialect/keystone.ts";
import { glance } from "./image/dialect/glance.ts";
import { neutron } from "./network/dialect/neutron.ts";
import { cinder } from "./volume/dialect/cinder.ts";

/** What an operation belongs to; a service has doors, and each door its dialects. */
export type Service = keyof typeof doors;

/** The paths under which a service's operations are mounted, each with each. */
export const doors = {
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
  root: [""],
} as const satisfies Record<string, readonly string[]>;

/** The collections that the Rackspace and FlexCloud dialects keep at the root. */
const bare = /^\/(servers|flavors|images|os-keypairs)(\/|\.json|$)/;

/** Who is spoken to, from where and with what they come (facts/dialects.md §1.3). */
export function dialectOf(path: string, headers: Headers): Dialect {
  if (/^\/v2\.1(\/|$)/.test(path)) return nova;
  if (/^\/v2(\/|$)/.test(path)) return novaV2;
  if (/^\/identity(\/|$)/.test(path)) return keystone;
  if (/^\/image(\/|$)/.test(path)) return glance;
  if (/^\/network(\/|$)/.test(path)) return neutron;
  if (/^\/volume(\/|$)/.test(path)) return cinder;
  if (/^\/console(\/|$)/.test(path)) return console;
  if (/^\/accounts(\/|$)/.test(path)) return flexcloud;
  if (!bare.test(path)) return discovery;
  return headers["x-auth-token"] !== undefined && headers["authorization"] === undefined
    ? rackspace
    : flexcloud;
}
