import { booleanSchema } from "../../http/schema-fields.ts";
import { type QuotaName, type Quotas, quotaNames } from "../model/quota-names.ts";

/** Removed with nova-network. */
const networkQuotas: readonly QuotaName[] = [
  "fixed_ips",
  "floating_ips",
  "security_groups",
  "security_group_rules",
];

const fileQuotas: readonly QuotaName[] = [
  "injected_files",
  "injected_file_content_bytes",
  "injected_file_path_bytes",
];

const serverGroupQuotas: readonly QuotaName[] = ["server_groups", "server_group_members"];

export const quotaNamesAt = (microversion: number): QuotaName[] =>
  quotaNames.filter(
    (name) =>
      (microversion < 36 || !networkQuotas.includes(name)) &&
      (microversion < 57 || !fileQuotas.includes(name)),
  );

/** Quota classes got server groups later, and lost networks later. */
export const quotaClassNamesAt = (microversion: number): QuotaName[] =>
  quotaNames.filter(
    (name) =>
      (microversion < 50 ? !serverGroupQuotas.includes(name) : !networkQuotas.includes(name)) &&
      (microversion < 57 || !fileQuotas.includes(name)),
  );

export const pickFields = <Value>(
  names: readonly QuotaName[],
  toValue: (name: QuotaName) => Value,
): Record<string, Value> => Object.fromEntries(names.map((name) => [name, toValue(name)]));

const limitField = {
  type: ["integer", "string"],
  pattern: "^-?[0-9]+$",
  minimum: -1,
  maximum: 2_147_483_647,
} as const;

export const limitsSchema = (networksUntilMicroversion: number) => ({
  ...pickFields(quotaNames, (): object => limitField),
  ...pickFields(networkQuotas, (): object => ({ ...limitField, until: networksUntilMicroversion })),
  ...pickFields(fileQuotas, (): object => ({ ...limitField, until: 56 })),
});

export const forceField = booleanSchema;

export const parseLimits = (body: Readonly<Record<string, unknown>>): Partial<Quotas> =>
  Object.fromEntries(
    quotaNames
      .filter((name) => Object.hasOwn(body, name))
      .map((name) => [name, Number(body[name])]),
  );
