import { noSuch } from "../../domain/fault.ts";
import { typeWith } from "../../domain/volume/types.ts";
import { operation } from "../../http/operation.ts";
import { reachOf } from "../asking.ts";
import { specsSeen } from "./type.ts";

export const showTypeSpec = operation({
  id: "volumes/types/show-extra-spec",
  service: "volume",
  route: "GET /types/{type_id}/extra_specs/{key}",
  access: { rule: "volume_extension:types_extra_specs:show", role: "reader" },
  calls: ["GetItem"],
  answer: "document",
  async run(call, world) {
    const { type_id, key } = call.path;
    const specs = specsSeen(call, await typeWith(world.backend().records, reachOf(call), type_id));
    // cinder/exception.py:380
    if (!Object.hasOwn(specs, key))
      throw noSuch("volume-part", `Volume Type ${type_id} has no extra specs with key ${key}.`);
    return { [key]: specs[key] };
  },
});
