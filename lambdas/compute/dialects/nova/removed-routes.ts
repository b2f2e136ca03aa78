/** What Nova has had and answers with 410 (nova/api/openstack/compute: HTTPGone), by path and methods. */
const routes: Readonly<Record<string, string>> = {
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

const told = Object.entries(routes).map(
  ([path, methods]) => `(?:${methods.replaceAll(" ", "|")}) ${path.replaceAll("{id}", "[^/]+")}`,
);

const withdrawn = new RegExp(`^(?:${told.join("|")})$`);

/** An address with its project or without it. */
const door = /^\/v2(?:\.1)?(?:\/([0-9a-f-]+))?(?=\/)/;

/** The path's parameters where it is one of those, and else null. */
export function withdrawnAt(method: string, path: string): { project_id?: string } | null {
  const [whole = "", project_id] = door.exec(path) ?? [];
  if (whole === "" || !withdrawn.test(`${method} ${path.slice(whole.length)}`)) return null;
  return project_id === undefined ? {} : { project_id };
}
