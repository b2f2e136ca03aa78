export const domainAttributes = ["name", "description", "enabled", "tags"] as const;
