import { malformed } from "../domain/fault.ts";
import { userWith } from "../http/authenticate.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { signing } from "../http/signing-key.ts";
import { grant, holderOf, type Scope } from "./grant.ts";

const text = { type: "string" } as const;

const body = {
  type: "object",
  properties: {
    auth: {
      type: "object",
      properties: {
        passwordCredentials: {
          type: "object",
          properties: { username: text, password: text },
          required: ["username", "password"],
        },
        "RAX-KSKEY:apiKeyCredentials": {
          type: "object",
          properties: { username: text, apiKey: text },
          required: ["username", "apiKey"],
        },
        token: { type: "object", properties: { id: text }, required: ["id"] },
        tenantId: text,
        tenantName: text,
      },
    },
  },
  required: ["auth"],
} as const;

/** Keystone v2.0 and Rackspace: by password, API key or another token. */
export const issueV2Token = operation({
  id: "identity/issue-v2-token",
  service: "identity",
  route: "POST /v2.0/tokens",
  access: "public",
  calls: ["GetItem", "Query"],
  signs: true,
  answer: "access",
  body,
  async run({ body: { auth }, now }, world) {
    const { passwordCredentials, token, "RAX-KSKEY:apiKeyCredentials": apiKey } = auth;
    const scope = scopeOf(auth);
    const backend = world.backend();
    if (passwordCredentials) {
      const { username: name, password } = passwordCredentials;
      const user = await userWith({ name }, password, backend);
      return grant(world, { user, scope, methods: ["password"], now });
    }
    if (apiKey) {
      const user = await userWith({ name: apiKey.username }, apiKey.apiKey, backend, "apiKey");
      return grant(world, { user, scope, methods: ["apikey"], now });
    }
    if (!token) throw malformed("Expecting to find passwordCredentials or token in auth.");
    const { user, claims } = await holderOf(token.id, world, now);
    return grant(world, { user, scope, methods: claims.methods, now, expires: claims.expires });
  },
});

function scopeOf({ tenantId, tenantName }: { tenantId?: string; tenantName?: string }): Scope {
  if (tenantId) return { project: { id: tenantId } };
  if (tenantName) return { project: { name: tenantName } };
  return "default";
}

export const handler = lambda(issueV2Token, signing);
