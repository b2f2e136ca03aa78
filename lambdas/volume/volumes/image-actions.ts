import { notFound } from "../../core/fault.ts";
import { type Action, members, whatever } from "../action.ts";
import type { Volume } from "../model/volume.ts";
import { changeVolume } from "../repositories/volumes.ts";
import { metadataField } from "../schema-fields.ts";

/** What is known of the image in a volume (cinder/api/contrib/volume_image_metadata.py). */
export const imageActions: Readonly<Record<string, Action<Volume>>> = {
  "os-set_image_metadata": {
    body: members({ metadata: metadataField }, ["metadata"]),
    async run({ on, said, records, asking: { now } }) {
      const items = said["metadata"] as Readonly<Record<string, string>>;
      const { image } = await changeVolume(records, on, now, (was) => ({
        ...was,
        image: { ...was.image, ...items },
      }));
      return { status: 200, body: { metadata: image } };
    },
  },
  "os-show_image_metadata": {
    body: whatever,
    run: async ({ on }) => ({ status: 200, body: { metadata: on.image ?? {} } }),
  },
  "os-unset_image_metadata": {
    body: members({ key: { type: "string", minLength: 1, maxLength: 255 } }, ["key"]),
    async run({ on, said, records, asking: { now } }) {
      const key = String(said["key"]);
      await changeVolume(records, on, now, (was) => {
        if (!Object.hasOwn(was.image ?? {}, key))
          throw notFound("volume-part", "Metadata does not exist.");
        const left = Object.entries(was.image ?? {}).filter(([name]) => name !== key);
        return { ...was, image: Object.fromEntries(left) };
      });
      return { status: 200 };
    },
  },
};
