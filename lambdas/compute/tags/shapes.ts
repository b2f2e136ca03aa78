/** nova/api/validation/parameter_types.py tag. */
export const tagField = {
  type: "string",
  pattern: "^[^,/]*$",
  minLength: 1,
  maxLength: 60,
} as const;
