import type { Dialect, Headers } from "../../http/dialect.ts";
import { discovery } from "./discovery.ts";
import { flexcloud } from "./flexcloud/flexcloud.ts";
import { nova, novaV2 } from "./nova/nova.ts";
import { rackspace } from "./rackspace/rackspace.ts";

/** The collections that the Rackspace and FlexCloud dialects serve at the root. */
const unprefixedPaths = /^\/(servers|flavors|images|os-keypairs)(\/|\.json|$)/;

/** The compute dialect of a request: by its path, and at the root by its credentials. */
export function computeDialectOf(path: string, headers: Headers): Dialect {
  if (/^\/v2\.1(\/|$)/.test(path)) return nova;
  if (/^\/v2(\/|$)/.test(path)) return novaV2;
  if (/^\/accounts(\/|$)/.test(path)) return flexcloud;
  if (!unprefixedPaths.test(path)) return discovery;
  return headers["x-auth-token"] !== undefined && headers["authorization"] === undefined
    ? rackspace
    : flexcloud;
}
