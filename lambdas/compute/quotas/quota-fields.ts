import { boolean } from "../../http/schema-fields.ts";
import { type QuotaName, type Quotas, quotaNames } from "../model/quota-names.ts";

/** nova-network's, which went with it. */
const networks: readonly QuotaName[] = [
  "fixed_ips",
  "floating_ips",
  "security_groups",
  "security_group_rules",
];

const files: readonly QuotaName[] = [
  "injected_files",
  "injected_file_content_bytes",
  "injected_file_path_bytes",
];

const groups: readonly QuotaName[] = ["server_groups", "server_group_members"];

/** nova/api/openstack/compute/quota_sets.py FILTERED_QUOTAS_2_36 and _2_57. */
export const namesAt = (microversion: number): QuotaName[] =>
  quotaNames.filter(
    (name) =>
      (microversion < 36 || !networks.includes(name)) &&
      (microversion < 57 || !files.includes(name)),
  );

/** Classes had no server groups at first, and networks for longer (quota_classes.py). */
export const classNamesAt = (microversion: number): QuotaName[] =>
  quotaNames.filter(
    (name) =>
      (microversion < 50 ? !groups.includes(name) : !networks.includes(name)) &&
      (microversion < 57 || !files.includes(name)),
  );

/** Those of the names, each as `of` has it. */
export const picked = <Value>(
  names: readonly QuotaName[],
  of: (name: QuotaName) => Value,
): Record<string, Value> => Object.fromEntries(names.map((name) => [name, of(name)]));

const limit = {
  type: ["integer", "string"],
  pattern: "^-?[0-9]+$",
  minimum: -1,
  maximum: 2_147_483_647,
} as const;

/** The limits that a body may set; networks up to `networksUntil`. */
export const limitsSchema = (networksUntil: number) => ({
  ...picked(quotaNames, (): object => limit),
  ...picked(networks, (): object => ({ ...limit, until: networksUntil })),
  ...picked(files, (): object => ({ ...limit, until: 56 })),
});

export const force = boolean;

/** What a body asks for, as numbers. */
export const asked = (body: Readonly<Record<string, unknown>>): Partial<Quotas> =>
  Object.fromEntries(
    quotaNames
      .filter((name) => Object.hasOwn(body, name))
      .map((name) => [name, Number(body[name])]),
  );
