import { operation } from "../../http/operation.ts";
import { getVolume } from "../repositories/volumes.ts";
import { projectScopeOf } from "../request.ts";

/** No volume is encrypted (cinder/api/contrib/volume_encryption_metadata.py). */
export const showEncryption = operation({
  id: "volume/show-encryption",
  service: "volume",
  route: "GET /volumes/{volume_id}/encryption",
  access: { rule: "volume_extension:volume_encryption_metadata", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  async run(call, environment) {
    const { records } = environment.backend();
    await getVolume(records, projectScopeOf(call), call.path.volume_id, call.now);
    return { encryption_key_id: null };
  },
});
