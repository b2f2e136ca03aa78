import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { extensions } from "./extensions.ts";
import { extensionView } from "./views.ts";

export const showExtension = operation({
  id: "network/show-extension",
  service: "network",
  route: "GET /v2.0/extensions/{alias}",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  async run({ path }) {
    const extension = extensions.find(({ alias }) => alias === path.alias);
    if (!extension) throw notFound("extension", path.alias);
    return extensionView(extension);
  },
});
