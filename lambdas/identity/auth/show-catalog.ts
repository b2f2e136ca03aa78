import { operation } from "../../http/operation.ts";
import { forbidden } from "../faults.ts";
import { toKeystoneList } from "../list-engine.ts";
import { catalogV3 } from "../model/catalog.ts";
import { targetOf } from "../model/identity.ts";

export const showCatalog = operation({
  id: "identity/show-catalog",
  service: "identity",
  route: "GET /v3/auth/catalog",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  async run(call, { settings: { region } }) {
    const { caller, origin } = call;
    if (!targetOf(caller)) throw forbidden("Catalog listing without a scoped token");
    const catalog = catalogV3({ origin, region }, caller.project?.id ?? null);
    return toKeystoneList("catalog", catalog, call, "auth/catalog");
  },
});
