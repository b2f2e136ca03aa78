import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { hasNovaSchemas } from "./nova-schemas.ts";

const policiesFile = join(
  process.env["NOVA_SCHEMAS"] ?? resolve(import.meta.dirname, "../../../shared"),
  "conformance/policies.json",
);

/** Nova's own default policies, by rule; none where they are not beside the repository. */
export const novaPolicies: Readonly<Record<string, string>> = hasNovaSchemas
  ? JSON.parse(readFileSync(policiesFile, "utf8"))
  : {};

/** The least role that a policy of Nova's is content with; null where any will do. */
export const minimumRoles: Readonly<Record<string, string | null>> = {
  ADMIN: "admin",
  PROJECT_MANAGER_OR_ADMIN: "manager",
  PROJECT_MEMBER_OR_ADMIN: "member",
  PROJECT_READER_OR_ADMIN: "reader",
  // a service's or an administrator's (nova/policies/base.py:56)
  SERVICE_ROLE: "admin",
  RULE_ANY: null,
  // one's own key pairs, whoever one is
  "'(' + ADMIN + ') or user_id:%(user_id)s'": "reader",
};
