import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { hasNovaSchemas } from "./nova-schemas.ts";

const policiesFile = join(
  process.env["NOVA_SCHEMAS"] ?? resolve(import.meta.dirname, "../../../shared"),
  "conformance/policies.json",
);

/** Nova's default policies by rule; empty if absent beside the repository. */
export const novaPolicies: Readonly<Record<string, string>> = hasNovaSchemas
  ? JSON.parse(readFileSync(policiesFile, "utf8"))
  : {};

export const minimumRoles: Readonly<Record<string, string | null>> = {
  ADMIN: "admin",
  PROJECT_MANAGER_OR_ADMIN: "manager",
  PROJECT_MEMBER_OR_ADMIN: "member",
  PROJECT_READER_OR_ADMIN: "reader",
  // A service's or an administrator's (nova/policies/base.py:56).
  SERVICE_ROLE: "admin",
  RULE_ANY: null,
  // The caller's own key pairs.
  "'(' + ADMIN + ') or user_id:%(user_id)s'": "reader",
};
