import { pagingSchema, stringListSchema } from "../../http/schema-fields.ts";

export const keypairUserSchema = {
  type: "object",
  properties: { user_id: { ...stringListSchema, since: 10 } },
  closedSince: 75,
} as const;

export const keypairListSchema = {
  type: "object",
  properties: {
    user_id: { ...stringListSchema, since: 10 },
    limit: { ...pagingSchema.limit, since: 35 },
    marker: { ...pagingSchema.marker, since: 35 },
  },
  closedSince: 75,
} as const;
