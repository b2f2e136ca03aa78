import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { imagesQuery, listed } from "./nova-list.ts";

export const listImages = operation({
  id: "images/list-images",
  service: "compute",
  route: "GET /images",
  access: "authenticated",
  versions: { until: 35 },
  calls: ["Query"],
  answer: "images",
  query: imagesQuery,
  run: (call, world) => listed(world.backend().records, call),
});

export const handler = lambda(listImages);
