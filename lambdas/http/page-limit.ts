/** Items: max_limit (nova/conf/api.py:219). */
export const maxPageSize = 1_000;

export const limitSchema = {
  type: "array",
  items: { type: ["integer", "string"], pattern: "^[0-9]*$", minimum: 0, minLength: 1 },
} as const;
