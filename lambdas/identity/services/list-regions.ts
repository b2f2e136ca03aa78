import { operation } from "../../http/operation.ts";
import { applyFilters, toKeystoneList } from "../list-engine.ts";
import { regionsV3 } from "../model/catalog.ts";
import { withSelfLink } from "./links.ts";

export const listRegions = operation({
  id: "identity/list-regions",
  service: "identity",
  route: "GET /v3/regions",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  async run(call, { settings: { region } }) {
    const shown = regionsV3(region).map(withSelfLink(call.origin, "regions"));
    return toKeystoneList("regions", applyFilters(shown, call.query, ["parent_region_id"]), call);
  },
});
