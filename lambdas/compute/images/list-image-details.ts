import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { imagesQuery, listed } from "./list-query.ts";

export const listImageDetails = operation({
  id: "compute/images/list-image-details",
  service: "compute",
  route: "GET /images/detail",
  access: "authenticated",
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "imageDetails",
  query: imagesQuery,
  run: (call, world) => listed(world.backend().records, call),
});

export const handler = lambda(listImageDetails);
