import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { volumeListView } from "../list-engine.ts";
import { isTypeVisible } from "../model/volume-type.ts";
import { typesIn } from "../repositories/volume-types.ts";
import { isAdmin, projectScopeOf } from "../request.ts";
import { typeFullView } from "./views.ts";

export const listTypes = operation({
  id: "volume/list-types",
  service: "volume",
  route: "GET /types",
  access: { rule: "volume_extension:type_get_all", role: "reader" },
  dynamoCalls: ["Query"],
  answer: "ok",
  async run(call, environment) {
    const all = await typesIn(environment.backend().records).all();
    const requested = call.query.get("is_public");
    // public ones by default (cinder/api/api_utils.py _parse_is_public)
    const wanted =
      !isAdmin(call) || requested === null
        ? true
        : requested === "None"
          ? null
          : isTrue(oslo, requested);
    const matching = all.filter(
      (type) =>
        isTypeVisible(projectScopeOf(call), type) &&
        (wanted === null || type.isPublic === wanted || (!isAdmin(call) && !type.isPublic)),
    );
    const query = new URLSearchParams(call.query);
    query.delete("is_public");
    if (!query.has("sort") && !query.has("sort_key")) query.set("sort", "created_at:desc");
    return volumeListView(
      { ...call, query },
      { name: "volume_types", path: "types", resource: "volume_type", filters: ["extra_specs"] },
      matching.map((type) => ({
        fields: { id: type.id, name: type.name, extra_specs: type.extraSpecs },
        view: typeFullView(call, type),
      })),
    );
  },
});
