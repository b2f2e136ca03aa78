import { operation } from "../../http/operation.ts";
import { flavorsIn } from "../repositories/flavors.ts";
import { listed, listSchema } from "./list-query.ts";

export const listFlavorDetails = operation({
  id: "compute/list-flavor-details",
  service: "compute",
  route: "GET /flavors/detail",
  function: "own",
  access: "authenticated",
  dynamoCalls: ["Query"],
  answer: "flavorDetails",
  query: listSchema,
  run: async ({ query, caller }, world) =>
    listed(await flavorsIn(world.backend().records).all(), query, caller),
});
