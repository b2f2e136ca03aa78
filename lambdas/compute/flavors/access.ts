import type { Flavor } from "../model/flavor.ts";

/** nova/api/openstack/compute/schemas/flavor_access.py. */
export const tenantAccessSchema = {
  type: "object",
  properties: { tenant: { type: "string", minLength: 1, maxLength: 255 } },
  required: ["tenant"],
  additionalProperties: false,
} as const;

export const flavorAccessView = ({ id, access }: Flavor) => ({
  flavor_access: access.map((project) => ({ flavor_id: id, tenant_id: project })),
});
