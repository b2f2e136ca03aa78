import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { Fault } from "../../lambdas/core/fault.ts";
import type { Access, AnyOperation } from "../../lambdas/http/operation.ts";
import { type Schema, schemaAt } from "../../lambdas/http/schema.ts";
import { validate } from "../../lambdas/http/validation.ts";
import { impliedRoles, tokenLifetimeMs } from "../../lambdas/identity/model/identity.ts";
import { startCloud } from "../support/cloud.ts";
import { nearlyValid } from "../support/near-schema.ts";
import { hasNovaSchemas } from "../support/nova-schemas.ts";
import { minimumRoles, novaPolicies } from "../support/policies.ts";
import { operations, type ServedRoute, servedRoutes } from "../support/register.ts";
import { seedServer, settledServer } from "../support/servers.ts";

const ruledOperations = operations.flatMap(({ id, access }) =>
  typeof access === "string" ? [] : [{ id, ...access }],
);

test
  .runIf(hasNovaSchemas)
  .each(ruledOperations.filter(({ rule }) => /^(os_compute_api|compute):/.test(rule)))(
  "$id needs the role of Nova's policy $rule",
  ({ rule, role }) => {
    expect(Object.keys(novaPolicies)).toContain(rule);
    expect(role).toBe(minimumRoles[novaPolicies[rule] ?? ""]);
  },
);

/** Each role implies those after it. */
const roleLadder = ["admin", "manager", "member", "reader"];

const validValues = new WeakMap<Schema, unknown>();

function validValueFor(schema: Schema): unknown {
  const known = validValues.get(schema) ?? generateValidValue(schema);
  validValues.set(schema, known);
  return known;
}

/** For some bodies only one sample in a thousand is valid. */
function generateValidValue(schema: Schema): unknown {
  for (let seed = 1; seed <= 50; seed++) {
    const some = fc.sample(nearlyValid(schema), { numRuns: 100, seed });
    const value = some.find((one) => isValid(schema, one));
    if (value !== undefined) return value;
  }
  throw new Error("no body fits");
}

function isValid(schema: Schema, value: unknown): boolean {
  try {
    validate(schema, value, { part: "body", unknownMembers: "refused" });
    return true;
  } catch (cause) {
    if (cause instanceof Fault) return false;
    throw cause;
  }
}

/** The rule itself, not a more specific one. */
const mentionsRule = (text: string, rule: string): boolean =>
  text.split(rule).some((rest, i) => i > 0 && !rest.startsWith(":"));

interface PolicyCase {
  readonly place: ServedRoute;
  readonly operation: AnyOperation;
}

/** Every operation at its first mount and first version. */
const policyCases: readonly PolicyCase[] = [
  ...Map.groupBy(
    servedRoutes.flatMap((place) => place.operations.map((operation) => ({ place, operation }))),
    ({ operation }) => operation.id,
  ).values(),
].flatMap(([first]) => (first ? [first] : []));

function requestFor({ place, operation }: PolicyCase, serverId: string) {
  const { action, versions, body } = operation;
  const since = versions?.since ?? 1;
  const [method = "", path = ""] = place.key.split(" ");
  const payload = body
    ? validValueFor(schemaAt(body, since))
    : action
      ? { [action]: null }
      : undefined;
  return {
    method,
    path: path
      .replace("{server_id}", serverId)
      .replace(
        operation.service === "identity" ? /$^/ : /\{(quota_)?project(_id)?\}/g,
        projects.demo.id,
      )
      .replace(/\{\w+\}/g, "0"),
    headers:
      operation.service === "volume"
        ? { "openstack-api-version": `volume 3.${since}` }
        : { "x-openstack-nova-api-version": `2.${since}` },
    ...(payload !== undefined && { body: payload }),
  };
}

async function startCloudWithRoles() {
  const cloud = await startCloud();
  const tokenOf = (roles: readonly string[], project: keyof typeof projects = "demo") =>
    cloud.environment.tokens.issue({
      id: `policy-${project}-${roles.join("-")}`,
      user: { id: "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021", name: "demo" },
      project: projects[project],
      roles,
      methods: ["password"],
      issued: cloud.now(),
      expires: cloud.now() + tokenLifetimeMs,
    });
  return { ...cloud, tokenOf };
}

describe("an operation is refused to every role below its own, by its rule, and to none above", () => {
  const groups = Map.groupBy(
    policyCases.filter(({ operation }) => typeof operation.access !== "string"),
    ({ operation }) => operation.id.split("/").slice(0, -1).join("/"),
  );

  for (const [folder, members] of groups)
    test(`${folder}: ${members.length} operations × ${roleLadder.length + 1} roles`, async () => {
      const { table, call, tokenOf } = await startCloudWithRoles();
      for (const { place, operation } of members) {
        if (typeof operation.access === "string") continue;
        const { rule, role, refusal } = operation.access;
        for (const held of [...roleLadder, null]) {
          const { id } = place.key.includes("{server_id}")
            ? await seedServer(table, settledServer("active"))
            : { id: "" };
          const { method, path, headers, ...rest } = requestFor({ place, operation }, id);
          const roles = held === null ? [] : impliedRoles(held);
          const reply = await call(method, path, {
            ...rest,
            as: null,
            headers: { ...headers, "x-auth-token": await tokenOf(roles) },
          });
          const silent = method === "HEAD";
          const names = refusal
            ? reply.text.includes(refusal({ image_id: "0" }))
            : mentionsRule(reply.text, rule);
          const refused = reply.status === 403 && (silent || names);
          const what = `${operation.id} as ${held}: ${reply.status} ${reply.text.slice(0, 200)}`;
          expect(refused, what).toBe(!roles.includes(role));
          expect(reply.status, what).toBeLessThan(500);
        }
      }
    }, 120_000);
});

test("outside Keystone, a token without a project opens only what needs no role", async () => {
  const { table, call, environment, now } = await startCloudWithRoles();
  const token = await environment.tokens.issue({
    id: "unscoped",
    user: { id: "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021", name: "demo" },
    project: null,
    roles: [],
    methods: ["password"],
    issued: now(),
    expires: now() + tokenLifetimeMs,
  });
  const { id } = await seedServer(table, settledServer("active"));
  const opened: string[] = [];
  for (const policyCase of policyCases) {
    const { operation } = policyCase;
    if (operation.service === "identity" || operation.access === "public") continue;
    const { method, path, headers, ...rest } = requestFor(policyCase, id);
    const options = { ...rest, as: null, headers: { ...headers, "x-auth-token": token } };
    const { status } = await call(method, path, options);
    expect(status, operation.id).toBeLessThan(500);
    const needsRole = typeof operation.access !== "string";
    if (needsRole)
      expect([operation.id, [400, 403, 404].includes(status)]).toEqual([operation.id, true]);
    if (status < 300) opened.push(operation.id);
  }
  // docs/differences.md
  expect(opened.sort()).toEqual([
    ...["compute/list-extensions", "compute/list-flavor-details", "compute/list-flavors"],
    ...["compute/list-image-details", "compute/list-images", "compute/list-pools"],
    ...["compute/list-zones", "compute/show-default-quotas", "compute/show-limits"],
    ...["image/list-metadef-namespaces", "image/list-metadef-resource-types"],
    ...["image/show-import-info", "network/list-extensions"],
  ]);
});

/** Writes without a role, each with the reason. */
const writesOfEveryone: Readonly<Record<string, string>> = {
  "compute/reset-network": "a removed action: 410",
  "compute/create-keypair": "own key pairs",
  "compute/delete-keypair": "own key pairs",
  "identity/change-password": "the own password",
  "identity/issue-token": "a login",
  "identity/issue-v2-token": "a login",
  "identity/revoke-token": "the own token",
  "identity/create-application-credential": "own credentials",
  "identity/delete-application-credential": "own credentials",
  "console/exchange-console": "a console's token is the credential",
};

test("every write requires a role above reader, or has a reason not to", () => {
  const open = operations
    .filter(({ route, access }) => !/^(GET|HEAD) /.test(route) && isOpenToReaders(access))
    .map(({ id }) => id);
  expect(open.filter((id) => !Object.hasOwn(writesOfEveryone, id))).toEqual([]);
  expect(Object.keys(writesOfEveryone).filter((id) => !open.includes(id))).toEqual([]);
});

const isOpenToReaders = (access: Access): boolean =>
  typeof access === "string" || access.role === "reader";

/** A removed action, and swap volume, whose rule another operation mentions. */
const withoutRule = ["compute/reset-network", "compute/update-volume-attachment"];

describe("another project's server is not found, except by an administrator", () => {
  for (const { place, operation } of policyCases.filter(
    ({ place, operation }) =>
      place.key.includes("{server_id}") && !withoutRule.includes(operation.id),
  ))
    test(operation.id, async () => {
      const { table, call, tokenOf } = await startCloudWithRoles();
      const { id } = await seedServer(table, settledServer("active"));
      const { method, path, headers, ...rest } = requestFor({ place, operation }, id);
      const as = async (roles: readonly string[]) =>
        call(method, path, {
          ...rest,
          as: null,
          headers: { ...headers, "x-auth-token": await tokenOf(roles, "alt_demo") },
        });

      const role = typeof operation.access === "string" ? "reader" : operation.access.role;
      const missing = `Instance ${id} could not be found.`;
      if (role !== "admin")
        for (const held of ["manager", "member", "reader"].filter((one) =>
          impliedRoles(one).includes(role),
        )) {
          const reply = await as(impliedRoles(held));
          expect([held, reply.status, reply.json.itemNotFound?.message]).toEqual([
            held,
            404,
            missing,
          ]);
        }
      expect((await as(impliedRoles("admin"))).text).not.toContain(missing);
    });
});
