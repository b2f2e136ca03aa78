import { operation } from "../../http/operation.ts";
import { applyFilters, toKeystoneList } from "../list-engine.ts";
import { endpointsV3 } from "../model/catalog.ts";
import { withSelfLink } from "./links.ts";

export const listEndpoints = operation({
  id: "identity/list-endpoints",
  service: "identity",
  route: "GET /v3/endpoints",
  access: { rule: "identity:list_endpoints", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  async run(call, { settings: { region } }) {
    const shown = endpointsV3({ origin: call.origin, region }).map(
      withSelfLink(call.origin, "endpoints"),
    );
    return toKeystoneList(
      "endpoints",
      applyFilters(shown, call.query, ["interface", "service_id", "region_id", "region"]),
      call,
    );
  },
});
