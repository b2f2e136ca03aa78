import { operation } from "../../http/operation.ts";
import { limitSchema, maxPageSize } from "../../http/page-limit.ts";
import { hasRole } from "../../identity/model/identity.ts";
import { securityGroupsIn } from "../../network/repositories/security-groups.ts";
import { novaSecurityGroupView } from "./group.ts";

const query = {
  type: "object",
  properties: {
    limit: limitSchema,
    offset: limitSchema,
    all_tenants: { type: "array", items: { type: "string" } },
  },
  additionalProperties: true,
} as const;

/** For `openstack server add security group`. */
export const listSecurityGroups = operation({
  id: "compute/list-security-groups",
  service: "compute",
  route: "GET /os-security-groups",
  access: { rule: "os_compute_api:os-security-groups:get", role: "reader" },
  versions: { until: 35 },
  dynamoCalls: ["Query"],
  answer: "ok",
  query,
  async run({ caller, project, query }, environment) {
    const allProjects = hasRole(caller, "admin") && query.has("all_tenants");
    const all = await securityGroupsIn(environment.backend().records).all({ project, allProjects });
    const start = Number(query.get("offset") ?? 0);
    const page = all.slice(start, start + Number(query.get("limit") ?? maxPageSize));
    const place = ({ tenant_id, name }: { tenant_id: string; name: string }) =>
      `${tenant_id} ${name}`;
    return {
      security_groups: page
        .map((group) => novaSecurityGroupView(group, all))
        .sort((one, other) => (place(one) < place(other) ? -1 : 1)),
    };
  },
});
