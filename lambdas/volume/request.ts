import { Fault } from "../core/fault.ts";
import type { Instant } from "../core/instant.ts";
import type { ProjectScope } from "../core/project-scope.ts";
import { type Caller, hasRole } from "../identity/model/identity.ts";

/** What an operation of Cinder is asked with. */
export interface Asking {
  readonly caller: Caller;
  readonly project: string;
  /** With the project, where the address has it. */
  readonly path: object;
  readonly query: URLSearchParams;
  /** The N of 3.N. */
  readonly microversion: number;
  readonly origin: string;
  readonly now: Instant;
}

export const isAdmin = ({ caller }: Pick<Asking, "caller">): boolean => hasRole(caller, "admin");

export const reachOf = (asking: Pick<Asking, "caller" | "project">): ProjectScope => ({
  project: asking.project,
  allProjects: isAdmin(asking),
});

/** What of a list somebody gets: an administrator everybody's, if that is asked for. */
export const listReachOf = (asking: Asking): ProjectScope => ({
  project: asking.project,
  allProjects: isAdmin(asking) && isYes(asking.query.get("all_tenants") ?? "0"),
});

/** oslo_utils.strutils.bool_from_string. */
export const isYes = (said: unknown): boolean =>
  ["1", "t", "true", "on", "y", "yes"].includes(String(said).trim().toLowerCase());

/** For what an administrator alone may. */
export function permitAdmin(asking: Pick<Asking, "caller">, rule: string): void {
  if (!isAdmin(asking)) throw new Fault({ kind: "forbidden", rule });
}

/** Where the API is, as the request had it (cinder/api/common.py:_get_links). */
const doorOf = ({ origin, path }: Asking, version: string): string => {
  const project = "project_id" in path ? `/${path.project_id}` : "";
  return `${origin}/volume${version}${project}`;
};

export const linksTo = (asking: Asking, collection: string, id: string) => [
  { rel: "self", href: `${doorOf(asking, "/v3")}/${collection}/${id}` },
  { rel: "bookmark", href: `${doorOf(asking, "")}/${collection}/${id}` },
];

export const nextLink = (asking: Asking, collection: string, last: string) => {
  const query = new URLSearchParams(asking.query);
  query.set("marker", last);
  return [{ rel: "next", href: `${doorOf(asking, "/v3")}/${collection}?${query}` }];
};
