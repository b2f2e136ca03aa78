import type { SecurityGroup, SecurityGroupRule } from "../model/security-group.ts";
import { standardView } from "../resource.ts";

export const securityGroupRuleView = ({
  created,
  updated,
  revision,
  ...rest
}: SecurityGroupRule) => ({
  ...rest,
  ...standardView({ created, updated, revision, ...rest }),
  normalized_cidr: rest.remote_ip_prefix,
});

export const securityGroupView = ({ created, updated, revision, ...rest }: SecurityGroup) => ({
  ...rest,
  ...standardView({ created, updated, revision, ...rest }),
  security_group_rules: rest.security_group_rules.map(securityGroupRuleView),
});
