import { notFound } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import type { Flavor } from "../model/flavor.ts";
import { flavorsIn } from "../repositories/flavors.ts";

export const tenantAccessSchema = {
  type: "object",
  properties: { tenant: { type: "string", minLength: 1, maxLength: 255 } },
  required: ["tenant"],
  additionalProperties: false,
} as const;

/**
 * Throws `no-such`.
 * @calls GetItem, PutItem
 */
export async function changeFlavorAccess(
  records: Records,
  id: string,
  change: (was: Flavor) => readonly string[],
) {
  const flavor = await flavorsIn(records).change(id, (was) => ({ ...was, access: change(was) }));
  if (!flavor) throw notFound("flavor", id);
  return flavorAccessView(flavor);
}

export const flavorAccessView = ({ id, access }: Flavor) => ({
  flavor_access: access.map((project) => ({ flavor_id: id, tenant_id: project })),
});
