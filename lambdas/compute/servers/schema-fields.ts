import { osloStrict, readBoolean } from "../../core/booleans.ts";
import { badRequest } from "../../core/fault.ts";

/** Schemas that server requests share (nova/api/validation/parameter_types.py). */
export { booleanSchema as boolean, nameSchema as name } from "../../http/schema-fields.ts";

/** nova/api/validation/parameter_types.py description. */
export const description = {
  type: ["string", "null"],
  pattern: "^(?!.*[\\u{10000}-\\u{10ffff}])[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}]*$",
  minLength: 0,
  maxLength: 255,
  since: 19,
} as const;

/** nova/api/validation/parameter_types.py hostname; fqdn since 2.94. */
export const hostname = {
  type: "string",
  since: 90,
  versions: {
    90: {
      type: "string",
      pattern: "^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$",
      linearPattern: "^[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]$",
      minLength: 2,
      maxLength: 63,
    },
    94: { type: "string", pattern: "^[a-zA-Z0-9-._]*$", minLength: 1, maxLength: 255 },
  },
} as const;

export const diskConfig = { type: "string", enum: ["AUTO", "MANUAL"] } as const;

export const ipv4 = { type: "string", format: "ipv4" } as const;

export const ipv6 = { type: "string", format: "ipv6" } as const;

export const ipAddress = {
  type: "string",
  oneOf: [{ format: "ipv4" }, { format: "ipv6" }],
} as const;

/** oslo_utils.strutils.bool_from_string with strict=True; throws malformed. */
export function strictBoolFromString(text: string): boolean {
  const value = readBoolean(osloStrict, text);
  if (value !== undefined) return value;
  throw badRequest(
    `Unrecognized value '${text}', acceptable values are: '0', '1', 'f', 'false', 'n', 'no', 'off', 'on', 't', 'true', 'y', 'yes'`,
  );
}

/** nova/api/validation/parameter_types.py tag. */
export const tagField = {
  type: "string",
  pattern: "^[^,/]*$",
  minLength: 1,
  maxLength: 60,
} as const;

export const uuidField = { type: "string", format: "uuid" } as const;

export const metadataField = {
  type: "object",
  patternProperties: { "^[a-zA-Z0-9-_:. ]{1,255}$": { type: "string", maxLength: 255 } },
  additionalProperties: false,
} as const;

export const countField = {
  type: ["integer", "string"],
  pattern: "^[0-9]*$",
  minimum: 1,
  minLength: 1,
} as const;
