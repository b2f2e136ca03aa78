import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { integerIn, isObject } from "../attributes.ts";
import {
  getNetworkQuota,
  networkQuotaDefaults,
  networkQuotaLimits,
} from "../repositories/network-quota.ts";
import { anyObject } from "../resource.ts";
import { quotaView } from "./views.ts";

export const updateQuota = operation({
  id: "network/update-quota",
  service: "network",
  route: "PUT /v2.0/quotas/{project_id}",
  access: { rule: "update_quota", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: anyObject,
  async run({ path, body }, environment) {
    const { records } = environment.backend();
    const { quota } = body;
    if (!isObject(quota)) throw badRequest("Unable to find 'quota' in request body");
    const unknown = Object.keys(quota).filter((name) => !Object.hasOwn(networkQuotaDefaults, name));
    if (unknown.length > 0) throw badRequest(`Unrecognized attribute(s) '${unknown.join(", ")}'`);
    const attributes = Object.fromEntries(
      Object.entries(quota).map(([name, value]) => [
        name,
        integerIn(-1, 2_147_483_647)(value, name),
      ]),
    );
    const id = path.project_id;
    await records.add(networkQuotaLimits, id, { id, limits: {} });
    await records.change(networkQuotaLimits, id, ({ limits }) => ({
      id,
      limits: { ...limits, ...attributes },
    }));
    return quotaView(await getNetworkQuota(records, id));
  },
});
