import { randomUUID } from "node:crypto";
import { badRequest, Fault, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { addRule, type SecurityGroupRule } from "../../network/model/security-group.ts";
import { getSecurityGroup, securityGroupsIn } from "../../network/repositories/security-groups.ts";
import { novaSecurityGroupRuleView } from "./group.ts";
import { toIngressRule } from "./ingress.ts";

const body = {
  type: "object",
  properties: {
    security_group_rule: {
      type: "object",
      properties: {
        group_id: { type: ["string", "null"], format: "uuid" },
        parent_group_id: { type: "string", format: "uuid" },
        to_port: {},
        from_port: {},
        ip_protocol: {},
        cidr: {},
      },
      required: ["parent_group_id"],
      additionalProperties: true,
    },
  },
  required: ["security_group_rule"],
  additionalProperties: true,
} as const;

export const createNovaSecurityGroupRule = operation({
  id: "compute/create-nova-security-group-rule",
  service: "compute",
  route: "POST /os-security-group-rules",
  access: { rule: "os_compute_api:os-security-groups:rule:create", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body,
  async run({ project, body, now }, environment) {
    const { records } = environment.backend();
    const scope = { project, allProjects: false };
    const { parent_group_id, group_id = null } = body.security_group_rule;
    const group = await getSecurityGroup(records, scope, parent_group_id);
    const source = group_id === null ? null : await getSecurityGroup(records, scope, group_id);
    const ruleFields = toIngressRule({ ...body.security_group_rule, group_id: source?.id ?? null });
    const rule: SecurityGroupRule = {
      ...ruleFields,
      ...{ id: randomUUID(), project_id: project, tags: [], created: now, updated: now },
      revision: 0,
      security_group_id: group.id,
      description: "",
      remote_address_group_id: null,
    };
    const updated = await securityGroupsIn(records).change(group, (was) =>
      addIngressRule(was, rule),
    );
    if (!updated) throw notFound("security_group", group.id);
    return { security_group_rule: novaSecurityGroupRuleView(rule, source) };
  },
});

/** Nova's own errors are 400, Neutron's conflicts are quota errors. */
function addIngressRule(group: Parameters<typeof addRule>[0], rule: SecurityGroupRule) {
  try {
    return addRule(group, rule);
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.refusal.kind !== "conflict") throw cause;
    if (rule.remote_group_id === null)
      throw badRequest(`This rule already exists in group ${group.id}`);
    throw new Fault({ kind: "denied", reason: cause.refusal.reason });
  }
}
