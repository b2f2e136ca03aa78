export const projectAttributes = [
  "name",
  "description",
  "domain_id",
  "parent_id",
  "enabled",
  "is_domain",
  "tags",
] as const;
