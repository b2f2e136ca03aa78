import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { regionsV3 } from "../model/catalog.ts";
import { withSelfLink } from "./links.ts";

export const showRegion = operation({
  id: "identity/show-region",
  service: "identity",
  route: "GET /v3/regions/{region_id}",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  async run(call, { settings: { region } }) {
    const { region_id: id } = call.path;
    const found = regionsV3(region).find((one) => one.id === id);
    if (!found) throw notFound("region", id);
    return { region: withSelfLink(call.origin, "regions")(found) };
  },
});
