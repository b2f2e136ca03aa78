import { describe, expect, test } from "vitest";
import { accounts, projects } from "../../../infra/local/accounts.ts";
import type { AnyOperation } from "../../../lambdas/http/operation.ts";
import { impliedRoles } from "../../../lambdas/identity/model/identity.ts";
import { withTokenHeader } from "../../support/identity.ts";
import { expectUnchanged } from "../../support/items.ts";
import { startKeystone } from "../../support/keystone.ts";
import { operations } from "../../support/register.ts";

const managementOperations = operations.filter(
  ({ service, function: name }) => service === "identity" && name === undefined,
);

const ruleOf = ({ access }: AnyOperation) => (typeof access === "string" ? null : access.rule);

function sampleRequest({ route, body }: AnyOperation) {
  const [method = "", path = ""] = route.split(" ");
  const [one] = body?.required ?? [];
  const attributes = { name: "x", original_password: "x", password: "x" };
  return {
    method,
    path: path.replace(/^\/v3/, "").replace(/\{\w+\}/g, "unknown"),
    body: one === undefined ? undefined : { [one]: attributes },
  };
}

describe("administrator operations", () => {
  const admins = managementOperations.filter((one) => ruleOf(one) !== null);

  test("are nearly all operations", () => {
    expect(admins.length).toBeGreaterThan(40);
  });

  for (const held of ["manager", "member", "reader", "service", "none"])
    test(`${held}: 403 with the message of Keystone's policy, and nothing changes`, async () => {
      const { v3, table, tokenOf } = await startKeystone();
      const token = await tokenOf({ roles: held === "none" ? [] : impliedRoles(held) });
      await expectUnchanged(table, async () => {
        for (const operation of admins) {
          const { method, path, body } = sampleRequest(operation);
          const reply = await v3(method, path, body, withTokenHeader(token));
          expect([operation.id, reply.status]).toEqual([operation.id, 403]);
          if (method !== "HEAD")
            expect(reply.json.error.message).toBe(
              `You are not authorized to perform the requested action: ${ruleOf(operation)}.`,
            );
        }
      });
    });

  test("accept an administrator of a project, a domain or the system", async () => {
    const { v3, tokenOf } = await startKeystone();
    const roles = impliedRoles("admin");
    for (const claims of [
      { roles },
      { roles, project: null, domain: { id: "default", name: "Default" } },
      { roles, project: null, system: true as const },
    ]) {
      const token = await tokenOf(claims);
      for (const operation of admins) {
        const { method, path, body } = sampleRequest(operation);
        const reply = await v3(method, path, body, withTokenHeader(token));
        expect([operation.id, [200, 201, 404, 409].includes(reply.status)]).toEqual([
          operation.id,
          true,
        ]);
      }
    }
  });

  test("return 401 without a token", async () => {
    const { v3 } = await startKeystone();
    for (const operation of managementOperations.filter(({ access }) => access !== "public")) {
      const { method, path, body } = sampleRequest(operation);
      expect([operation.id, (await v3(method, path, body, { as: null })).status]).toEqual([
        operation.id,
        401,
      ]);
    }
  });
});

describe("operations on the own user", () => {
  const idOf = (name: string) => accounts.find((one) => one.name === name)?.id ?? "";

  test.each([
    ["GET", `/users/${idOf("demo")}`, "identity:get_user"],
    ["GET", `/users/${idOf("demo")}/projects`, "identity:list_user_projects"],
    ["GET", `/users/${idOf("demo")}/groups`, "identity:list_groups_for_user"],
    ["GET", `/users/${idOf("demo")}/access_rules`, "identity:list_access_rules"],
    [
      "GET",
      `/users/${idOf("demo")}/application_credentials`,
      "identity:list_application_credentials",
    ],
    ["GET", `/projects/${projects.demo.id}`, "identity:get_project"],
  ])("%s %s: demo and administrators are accepted, others are not", async (method, path, rule) => {
    const { v3 } = await startKeystone();
    for (const as of ["demo", "admin"])
      expect([as, (await v3(method, path, undefined, { as })).status]).toEqual([as, 200]);
    const reply = await v3(method, path, undefined, { as: "alt_demo" });
    expect([reply.status, reply.json.error.message]).toEqual([
      403,
      `You are not authorized to perform the requested action: ${rule}.`,
    ]);
  });

  test("a refusal does not reveal which resources exist", async () => {
    const { v3 } = await startKeystone();
    for (const path of ["/users/nobody", "/projects/nothing", "/domains/nowhere"])
      expect((await v3("GET", path, undefined, { as: "demo" })).status).toBe(403);
  });

  test("the own domain is shown, another is not", async () => {
    const { v3, made } = await startKeystone();
    const other = await made("domains", { name: "other" });
    const ask = async (id: string) =>
      (await v3("GET", `/domains/${id}`, undefined, { as: "demo" })).status;
    expect([await ask("default"), await ask(other.id)]).toEqual([200, 403]);
  });

  test("an unscoped token shows its user and the available scopes", async () => {
    const { v3, tokenOf } = await startKeystone();
    const options = withTokenHeader(await tokenOf({ roles: [], project: null }));
    expect((await v3("GET", `/users/${idOf("demo")}`, undefined, options)).status).toBe(200);
    const own = (await v3("GET", "/auth/projects", undefined, options)).json;
    expect(own.projects.map(({ name }: { name: string }) => name)).toEqual(["demo"]);
    expect((await v3("GET", "/auth/catalog", undefined, options)).status).toBe(403);
  });
});
