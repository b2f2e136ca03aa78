/** Nothing here can fetch what is elsewhere. */
export const importMethods = ["glance-direct"] as const;
