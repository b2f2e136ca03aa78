import { cinder } from "./cinder/cinder.ts";
import { console } from "./console/console.ts";
import type { Dialect, Headers } from "./dialect.ts";
import { discovery } from "./discovery/discovery.ts";
import { flexcloud } from "./flexcloud/flexcloud.ts";
import { glance } from "./glance/glance.ts";
import { keystone } from "./keystone/keystone.ts";
import { neutron } from "./neutron/neutron.ts";
import { nova, novaV2 } from "./nova/nova.ts";
import { rackspace } from "./rackspace/rackspace.ts";

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
