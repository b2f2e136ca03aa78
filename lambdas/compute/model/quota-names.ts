/** nova/conf/quota.py; Nova still lists nova-network's, unlimited. */
export const defaultQuotaValues = {
  cores: 20,
  fixed_ips: -1,
  floating_ips: -1,
  injected_file_content_bytes: 10_240,
  injected_file_path_bytes: 255,
  injected_files: 5,
  instances: 10,
  key_pairs: 100,
  metadata_items: 128,
  ram: 50 * 1024,
  security_group_rules: -1,
  security_groups: -1,
  server_group_members: 10,
  server_groups: 10,
};

export type QuotaName = keyof typeof defaultQuotaValues;

/** -1 for unlimited. */
export type Quotas = Readonly<Record<QuotaName, number>>;

export const quotaNames = Object.keys(defaultQuotaValues) as readonly QuotaName[];
