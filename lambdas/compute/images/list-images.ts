import { operation } from "../../http/operation.ts";
import { imageListSchema, listImagesPage } from "./list-query.ts";

export const listImages = operation({
  id: "compute/list-images",
  service: "compute",
  route: "GET /images",
  function: "own",
  access: "authenticated",
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "images",
  query: imageListSchema,
  run: (call, environment) => listImagesPage(environment.backend().records, call),
});
