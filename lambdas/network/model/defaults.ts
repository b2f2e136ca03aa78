/** Seeded shared network: the default for new servers. */
export const privateNetwork = {
  id: "6b2cf5b1-6a1f-4d8c-9a0e-3f1f6d0f6a01",
  label: "private",
} as const;

export const defaultSecurityGroup = "default";
