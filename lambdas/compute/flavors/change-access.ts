import { badRequest, conflict, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertProjectId } from "../../identity/model/project-id.ts";
import type { Flavor } from "../model/flavor.ts";
import { flavorsIn } from "../repositories/flavors.ts";
import { flavorAccessView, tenantAccessSchema } from "./access.ts";

/**
 * Adds or removes a project's access (nova/api/openstack/compute/flavor_access.py
 * FlavorActionController).
 */
export const changeAccess = operation({
  id: "compute/change-access",
  service: "compute",
  route: "POST /flavors/{flavor_id}/action",
  access: { rule: "os_compute_api:os-flavor-access:add_tenant_access", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: { addTenantAccess: tenantAccessSchema, removeTenantAccess: tenantAccessSchema },
    additionalProperties: true,
  },
  async run({ path: { flavor_id }, body, microversion }, environment) {
    const { addTenantAccess: adding, removeTenantAccess: removing, ...others } = body;
    const [unknownAction] = Object.keys(others);
    if (unknownAction !== undefined) throw badRequest(`There is no such action: ${unknownAction}`);
    if (adding) assertProjectId(adding.tenant);
    const flavor = await flavorsIn(environment.backend().records).change(flavor_id, (was) => {
      if (adding) return addAccess(was, adding.tenant, microversion);
      if (removing) return removeAccess(was, removing.tenant);
      throw badRequest("Malformed request body");
    });
    if (!flavor) throw notFound("flavor", flavor_id);
    return flavorAccessView(flavor);
  },
});

function addAccess(flavor: Flavor, project: string, microversion: number): Flavor {
  if (flavor.isPublic && microversion >= 7)
    throw conflict("Can not add access to a public flavor.");
  if (flavor.access.includes(project))
    throw conflict(
      `Flavor access already exists for flavor ${flavor.id} and project ${project} combination.`,
    );
  return { ...flavor, access: [...flavor.access, project] };
}

function removeAccess(flavor: Flavor, project: string): Flavor {
  if (!flavor.access.includes(project))
    throw notFound(
      "flavor",
      flavor.id,
      `Flavor access not found for ${flavor.id} / ${project} combination.`,
    );
  return { ...flavor, access: flavor.access.filter((one) => one !== project) };
}
