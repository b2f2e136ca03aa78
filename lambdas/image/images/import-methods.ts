export const importMethods = ["glance-direct"] as const;
