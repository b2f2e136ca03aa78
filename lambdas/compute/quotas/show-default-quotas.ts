import { operation } from "../../http/operation.ts";
import { defaultQuotas } from "../repositories/quotas.ts";
import { namesAt, picked } from "./quota-fields.ts";

export const showDefaultQuotas = operation({
  id: "compute/show-default-quotas",
  service: "compute",
  route: "GET /os-quota-sets/{project}/defaults",
  access: "authenticated",
  dynamoCalls: ["GetItem"],
  answer: "document",
  async run({ path: { project }, microversion, now }, world) {
    const quotas = await defaultQuotas(world.backend().records, now);
    return { quota_set: { id: project, ...picked(namesAt(microversion), (name) => quotas[name]) } };
  },
});
