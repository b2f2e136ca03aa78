import { Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { stringListSchema } from "../../http/schema-fields.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { truncateProjectId } from "../../identity/model/project-id.ts";
import type { QuotaName } from "../model/quota-names.ts";
import { getQuotas } from "../repositories/quotas.ts";
import { quotaNamesAt } from "./quota-fields.ts";
import { getProjectUsage } from "./usage-of.ts";

const limitNames: Partial<Record<QuotaName, readonly string[]>> = {
  ram: ["maxTotalRAMSize"],
  instances: ["maxTotalInstances"],
  cores: ["maxTotalCores"],
  key_pairs: ["maxTotalKeypairs"],
  floating_ips: ["maxTotalFloatingIps"],
  metadata_items: ["maxServerMeta", "maxImageMeta"],
  injected_files: ["maxPersonality"],
  injected_file_content_bytes: ["maxPersonalitySize"],
  security_groups: ["maxSecurityGroups"],
  security_group_rules: ["maxSecurityGroupRules"],
  server_groups: ["maxServerGroups"],
  server_group_members: ["maxServerGroupMembers"],
};

const usageNames: Partial<Record<QuotaName, string>> = {
  ram: "totalRAMUsed",
  cores: "totalCoresUsed",
  instances: "totalInstancesUsed",
  floating_ips: "totalFloatingIpsUsed",
  security_groups: "totalSecurityGroupsUsed",
  server_groups: "totalServerGroupsUsed",
};

/** No rate limits exist. */
export const showLimits = operation({
  id: "compute/show-limits",
  service: "compute",
  route: "GET /limits",
  // os_compute_api:limits needs no role
  access: "authenticated",
  dynamoCalls: ["GetItem", "Query"],
  answer: "ok",
  query: { type: "object", properties: { tenant_id: stringListSchema }, closedSince: 75 },
  async run({ caller, query, microversion, now, ...call }, environment) {
    const other = query.get("tenant_id");
    if (other !== null && !hasRole(caller, "admin"))
      throw new Fault({ kind: "forbidden", rule: "os_compute_api:limits:other_project" });
    const project = truncateProjectId(other ?? call.project);
    const backend = environment.backend();
    const [quotas, usage] = await Promise.all([
      getQuotas(backend.records, project, now),
      getProjectUsage(backend, project),
    ]);
    const names = quotaNamesAt(microversion);
    const limits = names.flatMap((name) =>
      (limitNames[name] ?? [])
        .filter((title) => microversion < 39 || title !== "maxImageMeta")
        .map((title) => [title, quotas[name]]),
    );
    const used = names.flatMap((name) => {
      const title = usageNames[name];
      return title === undefined ? [] : [[title, usage[name] ?? 0]];
    });
    return { limits: { rate: [], absolute: Object.fromEntries([...limits, ...used]) } };
  },
});
