import { randomUUID } from "node:crypto";
import { badRequest, Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { nameSchema } from "../../http/schema-fields.ts";
import { getQuotas, limitOrInfinity } from "../repositories/quotas.ts";
import { serverGroupOwners, serverGroups, serverGroupsOf } from "../repositories/server-groups.ts";
import { serverGroupView } from "./group-view.ts";

const hardPolicies = ["anti-affinity", "affinity"] as const;
const allPolicies = [...hardPolicies, "soft-anti-affinity", "soft-affinity"] as const;

const singlePolicy = (policies: readonly string[]) =>
  ({
    type: "array",
    items: { type: "string", enum: policies },
    minItems: 1,
    maxItems: 1,
  }) as const;

const body = {
  type: "object",
  properties: {
    server_group: {
      type: "object",
      properties: {
        name: nameSchema,
        policies: {
          type: "array",
          versions: { 1: singlePolicy(hardPolicies), 15: singlePolicy(allPolicies) },
          until: 63,
          neededSince: 1,
        },
        policy: { type: "string", enum: allPolicies, since: 64, neededSince: 64 },
        rules: {
          type: "object",
          properties: {
            max_server_per_host: {
              type: ["integer", "string"],
              pattern: "^[0-9]*$",
              minimum: 1,
              minLength: 1,
            },
          },
          additionalProperties: false,
          since: 64,
        },
      },
      required: ["name"],
      additionalProperties: false,
    },
  },
  required: ["server_group"],
  additionalProperties: false,
} as const;

export const createServerGroup = operation({
  id: "compute/create-server-group",
  service: "compute",
  route: "POST /os-server-groups",
  access: { rule: "os_compute_api:os-server-groups:create", role: "member" },
  dynamoCalls: ["GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "ok",
  body,
  async run({ body, caller, project, microversion, now }, environment) {
    const { records } = environment.backend();
    const { name, policies, policy, rules } = body.server_group;
    const { server_groups: most } = await getQuotas(records, project, now);
    if (policy !== undefined && policy !== "anti-affinity" && Object.keys(rules ?? {}).length > 0)
      throw badRequest("Only anti-affinity policy supports rules.");
    const group = {
      id: randomUUID(),
      project,
      user: caller.user.id,
      name,
      policy: policy ?? String(policies?.[0]),
      rules: toRules(rules?.max_server_per_host),
    };
    await records.add(serverGroupOwners, group.id, { id: group.id, project });
    await records.add(serverGroups(project), group.id, group);
    // counted after the write, because of concurrent creates
    if ((await serverGroupsOf(records, project)).length > limitOrInfinity(most)) {
      await records.remove(serverGroups(project), group.id);
      await records.remove(serverGroupOwners, group.id);
      throw new Fault({ kind: "denied", reason: "Quota exceeded, too many server groups." });
    }
    return { server_group: serverGroupView(group, [], microversion) };
  },
});

const toRules = (maxServerPerHost: string | number | undefined) =>
  maxServerPerHost === undefined ? {} : { max_server_per_host: Number(maxServerPerHost) };
