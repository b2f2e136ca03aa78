import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { getVolumeType } from "../repositories/volume-types.ts";
import { reachOf } from "../request.ts";
import { specsSeen } from "./type.ts";

export const showTypeExtraSpec = operation({
  id: "volume/show-type-extra-spec",
  service: "volume",
  route: "GET /types/{type_id}/extra_specs/{key}",
  access: { rule: "volume_extension:types_extra_specs:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "ok",
  async run(call, world) {
    const { type_id, key } = call.path;
    const specs = specsSeen(
      call,
      await getVolumeType(world.backend().records, reachOf(call), type_id),
    );
    // cinder/exception.py:380
    if (!Object.hasOwn(specs, key))
      throw notFound("volume-part", `Volume Type ${type_id} has no extra specs with key ${key}.`);
    return { [key]: specs[key] };
  },
});
