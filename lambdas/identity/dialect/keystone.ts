import { retryAfter, type Thing } from "../../core/fault.ts";
import { toIsoMicrosZ, toIsoSecondsZ } from "../../core/times.ts";
import {
  type Dialect,
  neighbour,
  type Reply,
  type Speeches,
  type Spoken,
  speak,
  type Views,
} from "../../http/dialect.ts";
import type { Answers, IssuedToken } from "../../http/responses.ts";
import { catalogV2, catalogV3 } from "../model/catalog.ts";
import { domain as home, type Named, type Project, roleIds } from "../model/identity.ts";

/** What the identity operations answer with. */
type IdentityAnswer = Extract<
  keyof Answers,
  | "document"
  | "created"
  | "choices"
  | "deleted"
  | "issuedToken"
  | "shownToken"
  | "knownToken"
  | "access"
>;

const subject = (token: string) => ({ "x-subject-token": token, vary: "X-Auth-Token" });

export const keystone: Dialect = {
  name: "keystone",
  ...neighbour,
  requestIds: ["x-openstack-request-id"],
  views: {
    document: (body) => ({ status: 200, body }),
    created: (body) => ({ status: 201, body }),
    choices: (body) => ({ status: 300, body }),
    deleted: () => ({ status: 204 }),
    issuedToken: (issued, spoken) => ({
      status: 201,
      headers: subject(issued.token),
      body: tokenView(issued, spoken),
    }),
    shownToken: (issued, spoken) => ({
      status: 200,
      headers: subject(issued.token),
      body: tokenView(issued, spoken),
    }),
    knownToken: () => ({ status: 200 }),
    access: (issued, spoken) => ({ status: 200, body: accessView(issued, spoken) }),
  } satisfies Views<IdentityAnswer>,
  refuse: (refusal, spoken) => speak(refusals, refusal, spoken),
};

function tokenView({ claims }: IssuedToken, spoken: Spoken) {
  const { user, project, roles, otherRoles = {}, credential } = claims;
  const scoped = project ?? claims.domain ?? claims.system;
  return {
    token: {
      methods: claims.methods,
      user: { id: user.id, name: user.name, domain: homed(user), password_expires_at: null },
      audit_ids: [claims.id],
      expires_at: toIsoMicrosZ(claims.expires),
      issued_at: toIsoMicrosZ(claims.issued),
      ...(project && {
        project: { id: project.id, name: project.name, domain: homed(project) },
        is_domain: false,
      }),
      ...(claims.domain && { domain: claims.domain }),
      ...(claims.system && { system: { all: true } }),
      ...(credential && {
        application_credential: { id: credential.id, restricted: !credential.unrestricted },
      }),
      ...(scoped && {
        roles: roles.map((name) => ({ id: otherRoles[name] ?? ownIds[name] ?? name, name })),
        ...(!spoken.query.has("nocatalog") && { catalog: catalogV3(spoken, project?.id ?? null) }),
      }),
    },
  };
}

const ownIds: Readonly<Record<string, string>> = roleIds;

const homed = ({ domain = home }: Project): Named => domain;

function accessView({ token, claims }: IssuedToken, spoken: Spoken) {
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
      serviceCatalog: project ? catalogV2(spoken, project.id) : [],
    },
  };
}

const error = (
  code: number,
  title: string,
  message: string,
  headers: Reply["headers"] = {},
): Reply => ({ status: code, headers, body: { error: { code, message, title } } });

/** As keystone/exception.py has it for each; where it takes more than an id, `id` is all that. */
function missing(what: Thing, id: string): string {
  if (what === "role_assignment") return `Could not find role assignment with ${id}.`;
  if (what === "implied_role") return `${id.replace(" ", " does not imply ")}.`;
  const words =
    what === "application_credential" ? "Application Credential" : what.replaceAll("_", " ");
  return `Could not find ${words}: ${id}.`;
}

const notFound = () => error(404, "Not Found", "The resource could not be found.");
const conflict = () =>
  error(409, "Conflict", "Conflict occurred attempting to store the resource.");

const refusals: Speeches = {
  unauthenticated: (_, { origin }) =>
    error(401, "Unauthorized", "The request you have made requires authentication.", {
      "www-authenticate": `Keystone uri="${origin}/identity"`,
    }),
  forbidden: ({ rule }) =>
    error(403, "Forbidden", `You are not authorized to perform the requested action: ${rule}.`),
  "forbidden-account": () =>
    error(403, "Forbidden", "You are not authorized to perform the requested action."),
  "wrong-project": () => notFound(),
  "no-such-route": notFound,
  withdrawn: notFound,
  "not-in-version": notFound,
  "wrong-method": ({ allowed }) =>
    error(405, "Method Not Allowed", "The method is not allowed for the requested URL.", {
      allow: allowed.join(", "),
    }),
  "bad-version": () => notFound(),
  "version-out-of-range": () => notFound(),
  "too-large": () => error(413, "Request Entity Too Large", "Request is too large."),
  "unsupported-media": () => error(415, "Unsupported Media Type", "Unsupported Content-Type"),
  malformed: ({ reason }) => error(400, "Bad Request", reason),
  invalid: ({ field, reason }) =>
    error(
      400,
      "Bad Request",
      field === null ? reason : `Invalid input for field '${field}': ${reason}`,
    ),
  "no-such-action": notFound,
  "no-such": ({ what, id }) => error(404, "Not Found", missing(what, id)),
  taken: ({ what, id }) =>
    error(
      409,
      "Conflict",
      `Conflict occurred attempting to store ${what} - Duplicate entry found with name ${id}.`,
    ),
  conflict: ({ reason }) => error(409, "Conflict", reason),
  denied: ({ reason }) => error(403, "Forbidden", reason),
  "wrong-state": conflict,
  "never-launched": conflict,
  "not-ready": conflict,
  "over-quota": conflict,
  raced: conflict,
  unavailable: () =>
    error(503, "Service Unavailable", "The service is currently unavailable.", {
      "retry-after": String(retryAfter),
    }),
  broken: () =>
    error(
      500,
      "Internal Server Error",
      "An unexpected error prevented the server from fulfilling your request.",
    ),
};
