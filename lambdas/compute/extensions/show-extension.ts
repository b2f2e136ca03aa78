import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { novaExtensions } from "./extensions.ts";

export const showExtension = operation({
  id: "compute/show-extension",
  service: "compute",
  route: "GET /extensions/{alias}",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  async run({ path }) {
    const extension = novaExtensions.find(({ alias }) => alias === path.alias);
    if (!extension) throw notFound("extension", path.alias, "The resource could not be found.");
    return { extension };
  },
});
