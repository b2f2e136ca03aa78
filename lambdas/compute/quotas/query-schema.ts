import { stringListSchema } from "../../http/schema-fields.ts";

export const quotaUserSchema = {
  type: "object",
  properties: { user_id: stringListSchema },
  closedSince: 75,
} as const;
