/**
 * Routes that Nova removed and answers with 410 (nova/api/openstack/compute: HTTPGone), by path and
 * method.
 */
const removedRoutes: Readonly<Record<string, string>> = {
  "/os-agents": "GET POST",
  "/os-agents/{id}": "PUT DELETE",
  "/os-cells": "GET POST",
  "/os-cells/(capacities|detail|info)": "GET",
  "/os-cells/sync_instances": "POST",
  "/os-cells/{id}": "GET PUT DELETE",
  "/os-cells/{id}/capacities": "GET",
  "/os-certificates": "POST",
  "/os-certificates/{id}": "GET",
  "/os-cloudpipe": "GET POST",
  "/os-cloudpipe/{id}": "PUT",
  "/os-fixed-ips/{id}": "GET",
  "/os-fixed-ips/{id}/action": "POST",
  "/os-floating-ip-dns": "GET",
  "/os-floating-ip-dns/{id}": "PUT DELETE",
  "/os-floating-ip-dns/{id}/entries/{id}": "GET PUT DELETE",
  "/os-floating-ips-bulk": "GET POST",
  "/os-floating-ips-bulk/{id}": "GET PUT",
  "/os-fping": "GET",
  "/os-fping/{id}": "GET",
  "/os-networks": "POST",
  "/os-networks/add": "POST",
  "/os-networks/{id}": "DELETE",
  "/os-networks/{id}/action": "POST",
  "/os-security-group-default-rules": "GET POST",
  "/os-security-group-default-rules/{id}": "GET DELETE",
  "/os-tenant-networks": "POST",
  "/os-tenant-networks/{id}": "DELETE",
  "/servers/{id}/consoles": "GET POST",
  "/servers/{id}/consoles/{id}": "GET DELETE",
  "/servers/{id}/os-virtual-interfaces": "GET",
};

const removedRoutePatterns = Object.entries(removedRoutes).map(
  ([path, methods]) => `(?:${methods.replaceAll(" ", "|")}) ${path.replaceAll("{id}", "[^/]+")}`,
);

export const removedRoutePattern = new RegExp(`^(?:${removedRoutePatterns.join("|")})$`);

/** A path with or without its project. */
const mountPattern = /^\/v2(?:\.1)?(?:\/([0-9a-f-]+))?(?=\/)/;

/** The path parameters of a removed route; null for others. */
export function findRemovedRoute(method: string, path: string): { project_id?: string } | null {
  const [mount = "", project_id] = mountPattern.exec(path) ?? [];
  if (mount === "" || !removedRoutePattern.test(`${method} ${path.slice(mount.length)}`))
    return null;
  return project_id === undefined ? {} : { project_id };
}
