import type { FromSchema } from "json-schema-to-ts";
import { badRequest } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { authenticateUser, type DomainReference } from "../authentication/authenticate.ts";
import { tokenLifetimeMs } from "../model/identity.ts";
import { readDirectory } from "../repositories/directory.ts";
import { loginWithCredential } from "./credential-login.ts";
import { getTokenUser, issueForCaller, issueForUser, loginRefused, type Scope } from "./issue.ts";

const stringSchema = { type: "string" } as const;
const domainSchema = {
  type: "object",
  properties: { id: stringSchema, name: stringSchema },
} as const;

const body = {
  type: "object",
  properties: {
    auth: {
      type: "object",
      properties: {
        identity: {
          type: "object",
          properties: {
            methods: { type: "array", items: stringSchema },
            password: {
              type: "object",
              properties: {
                user: {
                  type: "object",
                  properties: {
                    id: stringSchema,
                    name: stringSchema,
                    domain: domainSchema,
                    password: stringSchema,
                  },
                  required: ["password"],
                },
              },
              required: ["user"],
            },
            token: { type: "object", properties: { id: stringSchema }, required: ["id"] },
            application_credential: {
              type: "object",
              properties: {
                id: stringSchema,
                name: stringSchema,
                secret: stringSchema,
                user: {
                  type: "object",
                  properties: { id: stringSchema, name: stringSchema, domain: domainSchema },
                },
              },
              required: ["secret"],
            },
          },
          required: ["methods"],
        },
        scope: {
          type: ["object", "string"],
          properties: {
            project: {
              type: "object",
              properties: { id: stringSchema, name: stringSchema, domain: domainSchema },
            },
            domain: domainSchema,
            system: { type: "object", properties: { all: { type: "boolean" } } },
            unscoped: { type: "object" },
          },
        },
      },
      required: ["identity"],
    },
  },
  required: ["auth"],
} as const;

type Auth = FromSchema<typeof body>["auth"];

export const issueToken = operation({
  id: "identity/issue-token",
  service: "identity",
  route: "POST /v3/auth/tokens",
  function: "own",
  access: "public",
  dynamoCalls: ["GetItem", "Query"],
  signsTokens: true,
  answer: "issuedToken",
  body,
  async run({ body: { auth }, now }, environment) {
    const { methods, password, token, application_credential: credential } = auth.identity;
    const [method, ...more] = methods;
    const { records } = environment.backend();
    const scope = scopeOf(auth);
    if (more.length > 0) throw loginRefused();
    if (method === "password" && password) {
      const directory = await readDirectory(records);
      const reference = referenceTo(password.user);
      const user = await authenticateUser(reference, password.user.password, {
        records,
        directory,
      });
      return issueForUser(environment, { user, scope, directory, methods, now });
    }
    if (method === "token" && token) {
      const { user, claims, directory } = await getTokenUser(token.id, environment, now);
      // a token from an application credential keeps its project
      if (claims.credential) throw loginRefused();
      const gained = [...new Set(["token", ...claims.methods])];
      const { expires } = claims;
      return issueForUser(environment, { user, scope, directory, methods: gained, now, expires });
    }
    if (method === "application_credential" && credential) {
      const { id, name, secret, user = {} } = credential;
      if (scope !== "default") throw badRequest(scoped);
      const requested = id !== undefined ? { id } : { name: name ?? "", user: referenceTo(user) };
      const { caller, expires } = await loginWithCredential({ ...requested, secret }, records, now);
      const until = Math.min(expires ?? Number.POSITIVE_INFINITY, now + tokenLifetimeMs);
      return issueForCaller(environment, caller, { methods, now, expires: until });
    }
    throw loginRefused();
  },
});

/** keystone/auth/core.py _validate_and_normalize_scope_data */
const scoped =
  "Application credentials cannot request a scope. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.";

interface Domain {
  readonly id?: string;
  readonly name?: string;
}

/** null without a scope: the default one applies. */
const domainOf = ({ id, name }: Domain = {}): DomainReference | undefined => {
  if (id !== undefined) return { id };
  return name === undefined ? undefined : { name };
};

interface Placed extends Domain {
  readonly domain?: Domain;
}

function referenceTo({ id, name, domain: reference }: Placed) {
  if (id !== undefined) return { id };
  if (name === undefined) throw loginRefused();
  const domain = domainOf(reference);
  return { name, ...(domain && { domain }) };
}

function scopeOf({ scope }: Auth): Scope {
  if (scope === undefined) return "default";
  if (scope === "unscoped") return "none";
  if (typeof scope === "string") throw loginRefused();
  if ("unscoped" in scope) return "none";
  const { project, domain: reference, system } = scope;
  if (project) return { project: referenceTo(project) };
  const domain = domainOf(reference);
  if (domain) return { domain };
  if (system?.all === true) return "system";
  throw loginRefused();
}
