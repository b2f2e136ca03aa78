import { operation } from "../../http/operation.ts";
import { flavorsIn } from "../repositories/flavors.ts";
import { flavorListSchema, listFlavorsPage } from "./list-query.ts";

export const listFlavors = operation({
  id: "compute/list-flavors",
  service: "compute",
  route: "GET /flavors",
  function: "own",
  access: "authenticated",
  dynamoCalls: ["Query"],
  answer: "flavors",
  query: flavorListSchema,
  run: async ({ query, caller }, environment) =>
    listFlavorsPage(await flavorsIn(environment.backend().records).all(), query, caller),
});
