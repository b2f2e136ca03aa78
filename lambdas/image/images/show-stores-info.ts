import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";

/** Absent with a single store (glance/api/v2/discovery.py get_stores). */
export const showStoresInfo = operation({
  id: "image/show-stores-info",
  service: "image",
  route: "GET /v2/info/stores",
  access: "authenticated",
  dynamoCalls: [],
  answer: "ok",
  async run() {
    throw new Fault({ kind: "no-such-route" });
  },
});
