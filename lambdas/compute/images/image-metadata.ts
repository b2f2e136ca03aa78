import { Fault } from "../../core/fault.ts";
import type { Schema } from "../../http/schema.ts";
import {
  accessDenied,
  changeImage,
  type ImageCall,
} from "../../image/repositories/image-access.ts";
import type { Records } from "../../ports/records.ts";
import { defaultQuotaValues } from "../model/quota-names.ts";

export const imageMetadataField = {
  type: "object",
  patternProperties: { "^[a-zA-Z0-9-_:. ]{1,255}$": { type: "string", maxLength: 255 } },
  additionalProperties: false,
} as const satisfies Schema;

export const imageMetadataBody = {
  type: "object",
  properties: { metadata: imageMetadataField },
  required: ["metadata"],
  additionalProperties: false,
} as const satisfies Schema;

const notAuthorized = (id: string | undefined) => `Not authorized for image ${id}.`;

/** Nova passes the caller's token on, so that Glance's policy decides (glance/policies/image.py). */
export const modifyImageAccess = {
  rule: "modify_image",
  role: "member",
  refusal: ({ image_id }: Readonly<Record<string, string | undefined>>) => notAuthorized(image_id),
} as const;

type ImageProperties = Readonly<Record<string, string>>;

/** @calls GetItem, PutItem */
export async function changeImageMetadata(
  records: Records,
  call: ImageCall & { readonly path: { readonly image_id: string } },
  to: (was: ImageProperties) => ImageProperties,
): Promise<ImageProperties> {
  const changed = await changeImage(records, call.path.image_id, call, (image) => {
    const properties = to(image.properties);
    assertImageQuota(properties);
    return { ...image, properties };
  }).catch((cause: unknown) => {
    // one text for every error of Glance
    if (cause instanceof Fault && cause.refusal.kind === "denied" && !isQuotaExceeded(cause))
      throw accessDenied(notAuthorized(call.path.image_id));
    throw cause;
  });
  return changed.properties;
}

const quotaExceededText = "Image metadata limit exceeded";

export function assertImageQuota(properties: ImageProperties): void {
  if (Object.keys(properties).length > defaultQuotaValues.metadata_items)
    throw accessDenied(quotaExceededText);
}

const isQuotaExceeded = ({ refusal }: Fault): boolean =>
  refusal.kind === "denied" && refusal.reason === quotaExceededText;
