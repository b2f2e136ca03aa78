import { operation } from "../../http/operation.ts";
import { imageListSchema, listImagesPage } from "./list-query.ts";

export const listImageDetails = operation({
  id: "compute/list-image-details",
  service: "compute",
  route: "GET /images/detail",
  function: "own",
  access: "authenticated",
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "imageDetails",
  query: imageListSchema,
  run: (call, environment) => listImagesPage(environment.backend().records, call),
});
