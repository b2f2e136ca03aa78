import { Fault } from "../../core/fault.ts";
import type { Schema } from "../../http/schema.ts";
import { type Asking, changeImage, denied } from "../../image/repositories/image-access.ts";
import type { Records } from "../../ports/records.ts";
import { plainQuotas } from "../model/quota-names.ts";

/** nova/api/validation/parameter_types.py metadata. */
export const metadata = {
  type: "object",
  patternProperties: { "^[a-zA-Z0-9-_:. ]{1,255}$": { type: "string", maxLength: 255 } },
  additionalProperties: false,
} as const satisfies Schema;

export const metadataBody = {
  type: "object",
  properties: { metadata },
  required: ["metadata"],
  additionalProperties: false,
} as const satisfies Schema;

type Properties = Readonly<Record<string, string>>;

/** What the image then has. (GetItem, PutItem) */
export async function changeMetadata(
  records: Records,
  call: Asking & { readonly path: { readonly image_id: string } },
  to: (was: Properties) => Properties,
): Promise<Properties> {
  const changed = await changeImage(records, call.path.image_id, call, (image) => {
    const properties = to(image.properties);
    refuseExcess(properties);
    return { ...image, properties };
  }).catch((cause: unknown) => {
    // nova/exception.py ImageNotAuthorized, whatever Glance said
    if (cause instanceof Fault && cause.refusal.kind === "denied" && !isExcess(cause))
      throw denied(`Not authorized for image ${call.path.image_id}.`);
    throw cause;
  });
  return changed.properties;
}

const excess = "Image metadata limit exceeded";

/** nova/api/openstack/common.py check_img_metadata_properties_quota. */
export function refuseExcess(properties: Properties): void {
  if (Object.keys(properties).length > plainQuotas.metadata_items) throw denied(excess);
}

const isExcess = ({ refusal }: Fault): boolean =>
  refusal.kind === "denied" && refusal.reason === excess;
