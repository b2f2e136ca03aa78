import { operation } from "../../http/operation.ts";
import { listed } from "../list-engine.ts";
import { isTypeVisible } from "../model/volume-type.ts";
import { typesIn } from "../repositories/volume-types.ts";
import { isAdmin, isYes, reachOf } from "../request.ts";
import { typeShown } from "./type.ts";

export const listTypes = operation({
  id: "volume/list-types",
  service: "volume",
  route: "GET /types",
  access: { rule: "volume_extension:type_get_all", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, world) {
    const all = await typesIn(world.backend().records).all();
    const asked = call.query.get("is_public");
    // cinder/api/api_utils.py:_parse_is_public: whoever asks for nothing in particular gets the public ones
    const wanted = !isAdmin(call) || asked === null ? true : asked === "None" ? null : isYes(asked);
    const fitting = all.filter(
      (type) =>
        isTypeVisible(reachOf(call), type) &&
        (wanted === null || type.isPublic === wanted || (!isAdmin(call) && !type.isPublic)),
    );
    const query = new URLSearchParams(call.query);
    query.delete("is_public");
    if (!query.has("sort") && !query.has("sort_key")) query.set("sort", "created_at:desc");
    return listed(
      { ...call, query },
      { of: "volume_types", at: "types", thing: "volume_type", filters: ["extra_specs"] },
      fitting.map((type) => ({
        facts: { id: type.id, name: type.name, extra_specs: type.extraSpecs },
        shown: typeShown(call, type),
      })),
    );
  },
});
