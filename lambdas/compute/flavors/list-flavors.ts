import { operation } from "../../http/operation.ts";
import { flavorsIn } from "../repositories/flavors.ts";
import { listed, listSchema } from "./list-query.ts";

export const listFlavors = operation({
  id: "compute/list-flavors",
  service: "compute",
  route: "GET /flavors",
  function: "own",
  access: "authenticated",
  dynamoCalls: ["Query"],
  answer: "flavors",
  query: listSchema,
  run: async ({ query, caller }, world) =>
    listed(await flavorsIn(world.backend().records).all(), query, caller),
});
