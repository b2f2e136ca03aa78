import { flavorsIn } from "../domain/flavor.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { page, pageSchema } from "../http/page.ts";

export const listFlavorDetails = operation({
  id: "flavors/list-flavor-details",
  service: "compute",
  route: "GET /flavors/detail",
  access: "authenticated",
  calls: ["Query"],
  answer: "flavorDetails",
  query: pageSchema,
  run: async ({ query }, world) => page(await flavorsIn(world.backend().records).all(), query),
});

export const handler = lambda(listFlavorDetails);
