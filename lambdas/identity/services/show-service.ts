import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { servicesV3 } from "../model/catalog.ts";
import { withSelfLink } from "./links.ts";

export const showService = operation({
  id: "identity/show-service",
  service: "identity",
  route: "GET /v3/services/{service_id}",
  access: { rule: "identity:get_service", role: "admin" },
  dynamoCalls: [],
  answer: "ok",
  async run(call) {
    const { service_id: id } = call.path;
    const found = servicesV3().find((one) => one.id === id);
    if (!found) throw notFound("service", id);
    return { service: withSelfLink(call.origin, "services")(found) };
  },
});
