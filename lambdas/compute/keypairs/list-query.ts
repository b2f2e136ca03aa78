import { pagingSchema, stringListSchema } from "../../http/schema-fields.ts";

/** nova/api/openstack/compute/schemas/keypairs.py show_query and delete_query. */
export const keypairUserSchema = {
  type: "object",
  properties: { user_id: { ...stringListSchema, since: 10 } },
  closedSince: 75,
} as const;

/** nova/api/openstack/compute/schemas/keypairs.py index_query. */
export const keypairListSchema = {
  type: "object",
  properties: {
    user_id: { ...stringListSchema, since: 10 },
    limit: { ...pagingSchema.limit, since: 35 },
    marker: { ...pagingSchema.marker, since: 35 },
  },
  closedSince: 75,
} as const;
