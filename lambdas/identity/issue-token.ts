import type { FromSchema } from "json-schema-to-ts";
import { domain } from "../domain/identity.ts";
import { type UserReference, userWith } from "../http/authenticate.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { signing } from "../http/signing-key.ts";
import { grant, holderOf, refused, type Scope } from "./grant.ts";

const text = { type: "string" } as const;
const domainSchema = { type: "object", properties: { id: text, name: text } } as const;

const body = {
  type: "object",
  properties: {
    auth: {
      type: "object",
      properties: {
        identity: {
          type: "object",
          properties: {
            methods: { type: "array", items: text },
            password: {
              type: "object",
              properties: {
                user: {
                  type: "object",
                  properties: { id: text, name: text, domain: domainSchema, password: text },
                  required: ["password"],
                },
              },
              required: ["user"],
            },
            token: { type: "object", properties: { id: text }, required: ["id"] },
          },
          required: ["methods"],
        },
        scope: {
          type: ["object", "string"],
          properties: {
            project: {
              type: "object",
              properties: { id: text, name: text, domain: domainSchema },
            },
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

/** Keystone v3: by password or by another token, for a project or for none. */
export const issueToken = operation({
  id: "identity/issue-token",
  service: "identity",
  route: "POST /v3/auth/tokens",
  access: "public",
  calls: ["GetItem", "Query"],
  signs: true,
  answer: "issuedToken",
  body,
  async run({ body: { auth }, now }, world) {
    const { methods, password, token } = auth.identity;
    const scope = scopeOf(auth);
    if (methods.length === 1 && methods[0] === "password" && password) {
      const user = await userWith(
        referenceTo(password.user),
        password.user.password,
        world.backend(),
      );
      return grant(world, { user, scope, methods: ["password"], now });
    }
    if (methods.length === 1 && methods[0] === "token" && token) {
      const { user, claims } = await holderOf(token.id, world, now);
      const gained = [...new Set(["token", ...claims.methods])];
      return grant(world, { user, scope, methods: gained, now, expires: claims.expires });
    }
    throw refused();
  },
});

type Domain = { readonly id?: string; readonly name?: string } | undefined;

/** There is one domain; a name without one is taken to be in it (pkgcloud sends such). */
const isHome = (asked: Domain): boolean =>
  asked === undefined ||
  (asked.id === undefined
    ? asked.name === undefined || asked.name === domain.name
    : asked.id === domain.id);

function referenceTo(user: NonNullable<Auth["identity"]["password"]>["user"]): UserReference {
  if (user.id !== undefined) return { id: user.id };
  if (user.name === undefined || !isHome(user.domain)) throw refused();
  return { name: user.name };
}

function scopeOf({ scope }: Auth): Scope {
  if (scope === undefined) return "default";
  if (scope === "unscoped") return "none";
  if (typeof scope === "string") throw refused();
  if ("unscoped" in scope) return "none";
  const { project } = scope;
  if (project?.id !== undefined) return { project: { id: project.id } };
  if (project?.name !== undefined && isHome(project.domain))
    return { project: { name: project.name } };
  throw refused();
}

export const handler = lambda(issueToken, signing);
