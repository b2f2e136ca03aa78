import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { endpointsV3 } from "../model/catalog.ts";
import { withSelfLink } from "./links.ts";

export const showEndpoint = operation({
  id: "identity/show-endpoint",
  service: "identity",
  route: "GET /v3/endpoints/{endpoint_id}",
  access: { rule: "identity:get_endpoint", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  async run(call, { settings: { region } }) {
    const { endpoint_id: id } = call.path;
    const found = endpointsV3({ origin: call.origin, region }).find((one) => one.id === id);
    if (!found) throw notFound("endpoint", id);
    return { endpoint: withSelfLink(call.origin, "endpoints")(found) };
  },
});
