import { operation } from "../../http/operation.ts";
import { flavorsIn } from "../repositories/flavors.ts";
import { flavorListSchema, listFlavorsPage } from "./list-query.ts";

export const listFlavorDetails = operation({
  id: "compute/list-flavor-details",
  service: "compute",
  route: "GET /flavors/detail",
  function: "own",
  access: "authenticated",
  dynamoCalls: ["Query"],
  answer: "flavorDetails",
  query: flavorListSchema,
  run: async ({ query, caller }, environment) =>
    listFlavorsPage(await flavorsIn(environment.backend().records).all(), query, caller),
});
