export const roleAttributes = ["name", "description", "domain_id"] as const;
