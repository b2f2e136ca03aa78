import { flavorsIn } from "../domain/flavor.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { page, pageSchema } from "../http/page.ts";

export const listFlavors = operation({
  id: "flavors/list-flavors",
  service: "compute",
  route: "GET /flavors",
  access: "authenticated",
  calls: ["Query"],
  answer: "flavors",
  query: pageSchema,
  run: async ({ query }, world) => page(await flavorsIn(world.backend().records).all(), query),
});

export const handler = lambda(listFlavors);
