import { operation } from "../../http/operation.ts";
import { applyFilters, toKeystoneList } from "../list-engine.ts";
import { servicesV3 } from "../model/catalog.ts";
import { withSelfLink } from "./links.ts";

export const listServices = operation({
  id: "identity/list-services",
  service: "identity",
  route: "GET /v3/services",
  access: { rule: "identity:list_services", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  async run(call) {
    const shown = servicesV3().map(withSelfLink(call.origin, "services"));
    return toKeystoneList("services", applyFilters(shown, call.query, ["type", "name"]), call);
  },
});
