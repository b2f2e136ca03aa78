import { badRequest, isNotFound } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import type { Image } from "../../../image/model/image.ts";
import { getVisibleImage } from "../../../image/repositories/image-access.ts";
import { isVolumeBacked } from "../../model/attached-volume.ts";
import { transitionWith } from "../begin-action.ts";
import { generatePassword } from "../generate-password.ts";

/** nova/api/openstack/compute/schemas/rescue.py. */
const body = {
  type: "object",
  properties: {
    rescue: {
      type: ["object", "null"],
      properties: {
        adminPass: { type: "string" },
        rescue_image_ref: { type: "string", format: "uuid" },
      },
      additionalProperties: false,
    },
  },
  required: ["rescue"],
  additionalProperties: false,
} as const;

/** Boots another image beside the own disk (nova/compute/api.py:4886). */
export const rescueServer = operation({
  id: "compute/rescue-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "rescue",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-rescue", role: "member" },
  dynamoCalls: ["GetItem", "UpdateItem"],
  answer: "ok",
  body,
  async run(call, environment) {
    const { adminPass = generatePassword(), rescue_image_ref: reference } = call.body.rescue ?? {};
    await transitionWith(call, environment, "rescue", async (server) => {
      const rescueImage = reference === undefined ? null : await getSupportedImage(reference);
      if (
        isVolumeBacked(server) &&
        !(call.microversion >= 87 && rescueImage && hasStableRescueDevice(rescueImage))
      )
        throw badRequest(
          `Instance ${server.id} cannot be rescued: Cannot rescue a volume-backed instance`,
        );
      return { changes: {} };
    });
    return { adminPass };

    async function getSupportedImage(id: string): Promise<Image> {
      const unsupported = badRequest(`Requested rescue image '${id}' is not supported`);
      const image = await getVisibleImage(environment.backend().records, id, call).catch(
        (cause: unknown) => {
          throw isNotFound(cause, "image") ? unsupported : cause;
        },
      );
      // only snapshots of volume-backed servers have it
      if (image.properties["block_device_mapping"]) throw unsupported;
      return image;
    }
  },
});

/** The image names its device, so the other disks keep theirs (2.87). */
const hasStableRescueDevice = ({ properties }: Image): boolean =>
  ["hw_rescue_bus", "hw_rescue_device"].every((key) => Object.hasOwn(properties, key));
