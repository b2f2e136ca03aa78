import { annex } from "../http/annex.ts";
import type { Annex } from "../http/operation.ts";

/** What of Keystone is not about tokens. */
export const identityAnnex = {
  id: "annexes/identity",
  doors: ["/identity"],
  operations: {},
  beside: {
    "GET /v2.0": async () => (await import("../versions/show-identity-v2.ts")).showIdentityV2,
    "GET /v2.0/tenants": async () => (await import("../identity/list-tenants.ts")).listTenants,
    "POST /v2.0/tokens": null,
    "GET /v3": async () => (await import("../versions/show-identity-v3.ts")).showIdentityV3,
    "DELETE /v3/auth/tokens": async () => (await import("../identity/revoke-token.ts")).revokeToken,
    "GET /v3/auth/tokens": async () => (await import("../identity/show-token.ts")).showToken,
    "HEAD /v3/auth/tokens": async () => (await import("../identity/check-token.ts")).checkToken,
    "POST /v3/auth/tokens": null,
  },
} satisfies Annex;

export const handler = annex(identityAnnex);
