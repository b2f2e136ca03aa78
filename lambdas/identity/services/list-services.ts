import { operation } from "../../http/operation.ts";
import { fitting, listSources } from "../list-engine.ts";
import { servicesV3 } from "../model/catalog.ts";
import { linked } from "./links.ts";

export const listServices = operation({
  id: "identity/list-services",
  service: "identity",
  route: "GET /v3/services",
  access: { rule: "identity:list_services", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  async run(call) {
    const shown = servicesV3().map(linked(call.origin, "services"));
    return listSources("services", fitting(shown, call.query, ["type", "name"]), call);
  },
});
