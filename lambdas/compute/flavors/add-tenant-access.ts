import { conflict } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { assertProjectId } from "../../identity/model/project-id.ts";
import { changeFlavorAccess, tenantAccessSchema } from "./access.ts";

export const addTenantAccess = operation({
  id: "compute/add-tenant-access",
  service: "compute",
  route: "POST /flavors/{flavor_id}/action",
  action: "addTenantAccess",
  access: { rule: "os_compute_api:os-flavor-access:add_tenant_access", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: { addTenantAccess: tenantAccessSchema },
    required: ["addTenantAccess"],
    additionalProperties: false,
  },
  async run({ path, body, microversion }, environment) {
    const { tenant } = body.addTenantAccess;
    assertProjectId(tenant);
    const { records } = environment.backend();
    return changeFlavorAccess(records, path.flavor_id, ({ id, access, isPublic }) => {
      if (isPublic && microversion >= 7) throw conflict("Can not add access to a public flavor.");
      if (access.includes(tenant))
        throw conflict(
          `Flavor access already exists for flavor ${id} and project ${tenant} combination.`,
        );
      return [...access, tenant];
    });
  },
});
