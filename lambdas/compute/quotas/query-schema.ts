import { stringListSchema } from "../../http/schema-fields.ts";

/** nova/api/openstack/compute/schemas/quota_sets.py query_schema. */
export const quotaUserSchema = {
  type: "object",
  properties: { user_id: stringListSchema },
  closedSince: 75,
} as const;
