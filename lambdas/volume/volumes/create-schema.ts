import {
  optionalBoolean,
  optionalMetadata,
  optionalText,
  optionalUuid,
  shortText,
  sizeField,
} from "../schema-fields.ts";

/** cinder/api/schemas/volumes.py create to create_volume_v353. */
export const createSchema = {
  type: "object",
  properties: {
    volume: {
      type: "object",
      properties: {
        name: optionalText,
        description: optionalText,
        display_name: optionalText,
        display_description: optionalText,
        volume_type: shortText,
        metadata: optionalMetadata,
        snapshot_id: optionalUuid,
        source_volid: optionalUuid,
        consistencygroup_id: optionalUuid,
        size: { ...sizeField, type: ["integer", "string", "null"] },
        availability_zone: { type: ["string", "null"], minLength: 1, maxLength: 255 },
        multiattach: optionalBoolean,
        image_id: shortText,
        imageRef: shortText,
        group_id: { ...shortText, since: 13 },
        backup_id: { ...optionalUuid, since: 47 },
      },
      closedSince: 53,
    },
    "OS-SCH-HNT:scheduler_hints": { type: ["object", "null"] },
  },
  required: ["volume"],
  additionalProperties: false,
} as const;
