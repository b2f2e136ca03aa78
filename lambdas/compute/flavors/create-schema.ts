import { booleanSchema, descriptionSchema, nameSchema } from "../../http/schema-fields.ts";

const sizeField = (minimum: number) =>
  ({
    type: ["integer", "string"],
    pattern: "^[0-9]+$",
    minimum,
    maximum: 2_147_483_647,
  }) as const;

export const createFlavorSchema = {
  type: "object",
  properties: {
    flavor: {
      type: "object",
      properties: {
        name: nameSchema,
        id: {
          type: ["string", "number", "null"],
          minLength: 1,
          maxLength: 255,
          pattern: "^(?! )[a-zA-Z0-9. _-]+(?<! )$",
        },
        ram: sizeField(1),
        vcpus: sizeField(1),
        disk: sizeField(0),
        "OS-FLV-EXT-DATA:ephemeral": sizeField(0),
        swap: sizeField(0),
        rxtx_factor: {
          type: ["number", "string"],
          pattern: "^[0-9]+(\\.[0-9]+)?$",
          exclusiveMinimum: 0,
          maximum: 3.40282e38,
        },
        "os-flavor-access:is_public": booleanSchema,
        description: { ...descriptionSchema, since: 55 },
      },
      required: ["name", "ram", "vcpus", "disk"],
      additionalProperties: false,
    },
  },
  required: ["flavor"],
  additionalProperties: false,
} as const;
