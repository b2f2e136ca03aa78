import { operation } from "../../http/operation.ts";
import { imagesQuery, listed } from "./list-query.ts";

export const listImages = operation({
  id: "compute/list-images",
  service: "compute",
  route: "GET /images",
  function: "own",
  access: "authenticated",
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "images",
  query: imagesQuery,
  run: (call, world) => listed(world.backend().records, call),
});
