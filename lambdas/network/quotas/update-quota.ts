import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { isObject, whole } from "../attributes.ts";
import { anything } from "../resource.ts";
import { defaults, limitsOf, limitsShelf } from "./quota.ts";

export const updateQuota = operation({
  id: "network/update-quota",
  service: "network",
  route: "PUT /v2.0/quotas/{project_id}",
  access: { rule: "update_quota", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: anything,
  async run({ path, body }, world) {
    const { records } = world.backend();
    const { quota } = body;
    if (!isObject(quota)) throw badRequest("Unable to find 'quota' in request body");
    const unknown = Object.keys(quota).filter((name) => !Object.hasOwn(defaults, name));
    if (unknown.length > 0) throw badRequest(`Unrecognized attribute(s) '${unknown.join(", ")}'`);
    const said = Object.fromEntries(
      Object.entries(quota).map(([name, value]) => [name, whole(-1, 2_147_483_647)(value, name)]),
    );
    const id = path.project_id;
    await records.add(limitsShelf, id, { id, limits: {} });
    await records.change(limitsShelf, id, ({ limits }) => ({ id, limits: { ...limits, ...said } }));
    return { quota: await limitsOf(records, id) };
  },
});
