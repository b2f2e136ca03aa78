import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { authenticateUser } from "../authentication/authenticate.ts";
import { readDirectory } from "../repositories/directory.ts";
import { getTokenUser, issueForUser, loginRefused, type Scope } from "./issue.ts";

const stringSchema = { type: "string" } as const;

const body = {
  type: "object",
  properties: {
    auth: {
      type: "object",
      properties: {
        passwordCredentials: {
          type: "object",
          properties: { username: stringSchema, password: stringSchema },
          required: ["username", "password"],
        },
        "RAX-KSKEY:apiKeyCredentials": {
          type: "object",
          properties: { username: stringSchema, apiKey: stringSchema },
          required: ["username", "apiKey"],
        },
        token: { type: "object", properties: { id: stringSchema }, required: ["id"] },
        tenantId: stringSchema,
        tenantName: stringSchema,
      },
    },
  },
  required: ["auth"],
} as const;

/** Keystone v2.0 and Rackspace. */
export const issueV2Token = operation({
  id: "identity/issue-v2-token",
  service: "identity",
  route: "POST /v2.0/tokens",
  function: "own",
  access: "public",
  dynamoCalls: ["GetItem", "Query"],
  signsTokens: true,
  answer: "access",
  body,
  async run({ body: { auth }, now }, environment) {
    const { passwordCredentials, token, "RAX-KSKEY:apiKeyCredentials": apiKey } = auth;
    const scope = scopeOf(auth);
    const { records } = environment.backend();
    if (passwordCredentials) {
      const { username: name, password } = passwordCredentials;
      const directory = await readDirectory(records);
      const user = await authenticateUser({ name }, password, { records, directory });
      return issueForUser(environment, { user, scope, directory, methods: ["password"], now });
    }
    if (apiKey) {
      const { username: name, apiKey: key } = apiKey;
      const directory = await readDirectory(records);
      const user = await authenticateUser({ name }, key, { records, directory }, "apiKey");
      return issueForUser(environment, { user, scope, directory, methods: ["apikey"], now });
    }
    if (!token) throw badRequest("Expecting to find passwordCredentials or token in auth.");
    const { user, claims, directory } = await getTokenUser(token.id, environment, now);
    if (claims.credential) throw loginRefused();
    const { methods, expires } = claims;
    return issueForUser(environment, { user, scope, directory, methods, now, expires });
  },
});

function scopeOf({ tenantId, tenantName }: { tenantId?: string; tenantName?: string }): Scope {
  if (tenantId) return { project: { id: tenantId } };
  if (tenantName) return { project: { name: tenantName } };
  return "default";
}
