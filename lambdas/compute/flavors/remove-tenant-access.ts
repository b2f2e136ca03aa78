import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { changeFlavorAccess, tenantAccessSchema } from "./access.ts";

export const removeTenantAccess = operation({
  id: "compute/remove-tenant-access",
  service: "compute",
  route: "POST /flavors/{flavor_id}/action",
  action: "removeTenantAccess",
  access: { rule: "os_compute_api:os-flavor-access:remove_tenant_access", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: { removeTenantAccess: tenantAccessSchema },
    required: ["removeTenantAccess"],
    additionalProperties: false,
  },
  run({ path, body }, environment) {
    const { tenant } = body.removeTenantAccess;
    const { records } = environment.backend();
    return changeFlavorAccess(records, path.flavor_id, ({ id, access }) => {
      if (!access.includes(tenant))
        throw notFound("flavor", id, `Flavor access not found for ${id} / ${tenant} combination.`);
      return access.filter((one) => one !== tenant);
    });
  },
});
