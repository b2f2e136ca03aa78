import { type ResourceKind, retryAfterSeconds } from "../../core/fault.ts";
import { toIsoMicrosZ, toIsoSecondsZ } from "../../core/times.ts";
import {
  type Dialect,
  type HttpResponse,
  type RefusalViews,
  type RequestContext,
  tokenServiceDefaults,
  type Views,
  viewRefusal,
} from "../../http/dialect.ts";
import type { IssuedToken, Responses } from "../../http/responses.ts";
import { catalogV2, catalogV3 } from "../model/catalog.ts";
import { defaultDomain as home, type NamedRef, type Project, roleIds } from "../model/identity.ts";

type IdentityResponse = Extract<
  keyof Responses,
  | "ok"
  | "created"
  | "multipleChoices"
  | "deleted"
  | "issuedToken"
  | "shownToken"
  | "tokenExists"
  | "access"
>;

const subjectTokenHeaders = (token: string) => ({ "x-subject-token": token, vary: "X-Auth-Token" });

export const keystone: Dialect = {
  name: "keystone",
  ...tokenServiceDefaults,
  requestIdHeaders: ["x-openstack-request-id"],
  views: {
    ok: (body) => ({ status: 200, body }),
    created: (body) => ({ status: 201, body }),
    multipleChoices: (body) => ({ status: 300, body }),
    deleted: () => ({ status: 204 }),
    issuedToken: (issued, context) => ({
      status: 201,
      headers: subjectTokenHeaders(issued.token),
      body: tokenView(issued, context),
    }),
    shownToken: (issued, context) => ({
      status: 200,
      headers: subjectTokenHeaders(issued.token),
      body: tokenView(issued, context),
    }),
    tokenExists: () => ({ status: 200 }),
    access: (issued, context) => ({ status: 200, body: accessView(issued, context) }),
  } satisfies Views<IdentityResponse>,
  refuse: (refusal, context) => viewRefusal(keystoneRefusals, refusal, context),
};

function tokenView({ claims }: IssuedToken, context: RequestContext) {
  const { user, project, roles, otherRoles = {}, credential } = claims;
  const scope = project ?? claims.domain ?? claims.system;
  return {
    token: {
      methods: claims.methods,
      user: {
        id: user.id,
        name: user.name,
        domain: domainOrDefault(user),
        password_expires_at: null,
      },
      audit_ids: [claims.id],
      expires_at: toIsoMicrosZ(claims.expires),
      issued_at: toIsoMicrosZ(claims.issued),
      ...(project && {
        project: { id: project.id, name: project.name, domain: domainOrDefault(project) },
        is_domain: false,
      }),
      ...(claims.domain && { domain: claims.domain }),
      ...(claims.system && { system: { all: true } }),
      ...(credential && {
        application_credential: { id: credential.id, restricted: !credential.unrestricted },
      }),
      ...(scope && {
        roles: roles.map((name) => ({
          id: otherRoles[name] ?? defaultRoleIds[name] ?? name,
          name,
        })),
        ...(!context.query.has("nocatalog") && {
          catalog: catalogV3(context, project?.id ?? null),
        }),
      }),
    },
  };
}

const defaultRoleIds: Readonly<Record<string, string>> = roleIds;

const domainOrDefault = ({ domain = home }: Project): NamedRef => domain;

function accessView({ token, claims }: IssuedToken, context: RequestContext) {
  const { user, project, roles } = claims;
  return {
    access: {
      token: {
        id: token,
        issued_at: toIsoSecondsZ(claims.issued),
        expires: toIsoSecondsZ(claims.expires),
        ...(project && { tenant: { id: project.id, name: project.name, enabled: true } }),
      },
      user: {
        id: user.id,
        name: user.name,
        username: user.name,
        roles: roles.map((name) => ({ name })),
        roles_links: [],
      },
      serviceCatalog: project ? catalogV2(context, project.id) : [],
    },
  };
}

const keystoneError = (
  code: number,
  title: string,
  message: string,
  headers: HttpResponse["headers"] = {},
): HttpResponse => ({ status: code, headers, body: { error: { code, message, title } } });

/** For a text with several parts, `id` is all of them. */
function notFoundText(what: ResourceKind, id: string): string {
  if (what === "role_assignment") return `Could not find role assignment with ${id}.`;
  if (what === "implied_role") return `${id.replace(" ", " does not imply ")}.`;
  const words =
    what === "application_credential" ? "Application Credential" : what.replaceAll("_", " ");
  return `Could not find ${words}: ${id}.`;
}

const keystoneNotFound = () => keystoneError(404, "Not Found", "The resource could not be found.");
const keystoneConflict = () =>
  keystoneError(409, "Conflict", "Conflict occurred attempting to store the resource.");

const keystoneRefusals: RefusalViews = {
  unauthenticated: (_, { origin }) =>
    keystoneError(401, "Unauthorized", "The request you have made requires authentication.", {
      "www-authenticate": `Keystone uri="${origin}/identity"`,
    }),
  forbidden: ({ rule }) =>
    keystoneError(
      403,
      "Forbidden",
      `You are not authorized to perform the requested action: ${rule}.`,
    ),
  "forbidden-account": () =>
    keystoneError(403, "Forbidden", "You are not authorized to perform the requested action."),
  "wrong-project": () => keystoneNotFound(),
  "no-such-route": keystoneNotFound,
  withdrawn: keystoneNotFound,
  "not-in-version": keystoneNotFound,
  "wrong-method": ({ allowed }) =>
    keystoneError(405, "Method Not Allowed", "The method is not allowed for the requested URL.", {
      allow: allowed.join(", "),
    }),
  "bad-version": () => keystoneNotFound(),
  "version-out-of-range": () => keystoneNotFound(),
  "too-large": () => keystoneError(413, "Request Entity Too Large", "Request is too large."),
  "unsupported-media": () =>
    keystoneError(415, "Unsupported Media Type", "Unsupported Content-Type"),
  malformed: ({ reason }) => keystoneError(400, "Bad Request", reason),
  invalid: ({ field, reason }) =>
    keystoneError(
      400,
      "Bad Request",
      field === null ? reason : `Invalid input for field '${field}': ${reason}`,
    ),
  "no-such-action": keystoneNotFound,
  "no-such": ({ what, id }) => keystoneError(404, "Not Found", notFoundText(what, id)),
  taken: ({ what, id }) =>
    keystoneError(
      409,
      "Conflict",
      `Conflict occurred attempting to store ${what} - Duplicate entry found with name ${id}.`,
    ),
  conflict: ({ reason }) => keystoneError(409, "Conflict", reason),
  denied: ({ reason }) => keystoneError(403, "Forbidden", reason),
  "wrong-state": keystoneConflict,
  "never-launched": keystoneConflict,
  "not-ready": keystoneConflict,
  "over-quota": keystoneConflict,
  raced: keystoneConflict,
  unavailable: () =>
    keystoneError(503, "Service Unavailable", "The service is currently unavailable.", {
      "retry-after": String(retryAfterSeconds),
    }),
  broken: () =>
    keystoneError(
      500,
      "Internal Server Error",
      "An unexpected error prevented the server from fulfilling your request.",
    ),
};
