import { randomBytes, randomUUID } from "node:crypto";
import { badRequest, Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { operation } from "../../http/operation.ts";
import { hashPassword } from "../authentication/passwords.ts";
import { duplicateName, forbidden, invalidAttribute } from "../faults.ts";
import type { Directory, RoleEntry } from "../model/directory.ts";
import { withImpliedRoles } from "../model/effective-roles.ts";
import type { Caller } from "../model/identity.ts";
import {
  type ApplicationCredential,
  applicationCredentialsIn,
} from "../repositories/application-credentials.ts";
import { getDirectoryEntry, readDirectory } from "../repositories/directory.ts";
import { nameSchema, nullableText } from "../schemas.ts";
import { credentialView } from "../views.ts";
import { assertUnrestricted } from "./assert-unrestricted.ts";

const stringSchema = { type: "string" } as const;

const body = {
  type: "object",
  properties: {
    application_credential: {
      type: "object",
      properties: {
        name: nameSchema(255),
        description: nullableText,
        secret: nullableText,
        expires_at: nullableText,
        roles: {
          type: "array",
          items: { type: "object", properties: { id: stringSchema, name: stringSchema } },
        },
        unrestricted: { type: ["boolean", "null"] },
        access_rules: { type: ["array", "null"] },
      },
      required: ["name"],
    },
  },
  required: ["application_credential"],
} as const;

/** Grants no role that the token does not have. */
export const createApplicationCredential = operation({
  id: "identity/create-application-credential",
  service: "identity",
  route: "POST /v3/users/{user_id}/application_credentials",
  access: "authenticated",
  dynamoCalls: ["Query", "PutItem"],
  answer: "created",
  body,
  async run(
    { path, body: { application_credential: attributes }, caller, origin, now },
    environment,
  ) {
    assertUnrestricted(caller);
    const { user, project } = caller;
    if (path.user_id !== user.id)
      throw forbidden("Cannot create an application credential for another user.");
    if (!project) throw new Fault({ kind: "forbidden", rule });
    if (attributes.access_rules?.length) throw unfit("access rules are not kept here");
    const { records } = environment.backend();
    const directory = await readDirectory(records);
    const secret = attributes.secret || randomBytes(64).toString("base64url");
    const credential: ApplicationCredential = {
      id: randomUUID().replaceAll("-", ""),
      name: attributes.name,
      description: attributes.description ?? null,
      user: user.id,
      project: project.id,
      roles: rolesFor(attributes.roles, caller, directory),
      secret: await hashPassword(secret),
      expires: attributes.expires_at ? expiryOf(attributes.expires_at, now) : null,
      unrestricted: attributes.unrestricted ?? false,
    };
    if (!(await applicationCredentialsIn(records).add(credential)))
      throw duplicateName("application_credential", attributes.name, null);
    return {
      application_credential: { ...credentialView(origin, credential, directory), secret },
    };
  },
});

const rule = "identity:create_application_credential";

const unfit = (detail: string): Fault => badRequest(`Invalid application credential: ${detail}`);

/** Includes implied roles; without a request, all roles of the token. */
function rolesFor(
  requested: readonly { readonly id?: string; readonly name?: string }[] = [],
  { roles: names }: Caller,
  directory: Directory,
): string[] {
  const common = directory.roles.filter(({ domain }) => domain === null);
  const own = common.filter(({ name }) => names.includes(name));
  if (requested.length === 0) return own.map(({ id }) => id);
  const named = (name: string): RoleEntry => {
    const role = common.find((one) => one.name === name);
    if (!role) throw notFound("role", name);
    return role;
  };
  const roles = withImpliedRoles(
    requested.map(({ id, name = "" }) =>
      id ? getDirectoryEntry(directory, "role", id) : named(name),
    ),
    directory,
  );
  if (!roles.every((role) => own.includes(role)))
    throw unfit("Cannot create an application credential with unassigned role");
  return roles.map(({ id }) => id);
}

/** keystone/common/utils.py parse_expiration_date */
function expiryOf(text: string, now: Instant): Instant {
  const format = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?$/;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const expires = format.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(expires)) throw invalidAttribute("Timestamp not in expected format.");
  if (expires <= now) throw invalidAttribute("The 'expires_at' must not be before now.");
  return expires;
}
