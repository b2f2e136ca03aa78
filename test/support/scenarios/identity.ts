import { projects } from "../../../infra/local/accounts.ts";
import { roleIds } from "../../../lambdas/identity/model/identity.ts";
import type { Records } from "../../../lambdas/ports/records.ts";
import type { CallOptions } from "../cloud.ts";
import type { SendRequest } from "../send-request.ts";

export async function identityScenario(
  ask: SendRequest,
  records: Records,
  pass: (milliseconds: number) => void,
): Promise<void> {
  const v3 = (method: string, path: string, body?: unknown, more: CallOptions = {}) =>
    ask(method, `/identity/v3${path}`, {
      as: "admin",
      ...more,
      ...(body !== undefined && { body }),
    });
  const create = async (path: string, one: string, fields: object) =>
    (await v3("POST", path, { [one]: fields })).json[one];

  // Names with an old unused claim.
  for (const place of ["domain#", "project#default", "role#", "user#default"])
    await records.add({ name: `NAMES#${place}` }, "claimed", { id: "nobody", at: 0 });
  for (const one of ["domain", "project", "role", "user"])
    await create(`/${one}s`, one, { name: "claimed" });

  const domain = await create("/domains", "domain", { name: "other" });
  const project = await create("/projects", "project", { name: "web", domain_id: domain.id });
  const role = await create("/roles", "role", { name: "auditor" });
  const user = await create("/users", "user", { name: "ann", password: "pw" });
  for (const [path, one] of [
    [`/domains/${domain.id}`, "domain"],
    [`/projects/${project.id}`, "project"],
    [`/roles/${role.id}`, "role"],
    [`/users/${user.id}`, "user"],
  ] as const) {
    await v3("GET", path);
    await v3("GET", path.replace(/\/[^/]*$/, ""));
    await v3("PATCH", path, { [one]: { name: `${one} renamed` } });
  }
  await v3("PATCH", `/users/${user.id}`, { user: { password: "new" } });
  const secrets = { user: { original_password: "new", password: "newer" } };
  await v3("POST", `/users/${user.id}/password`, secrets, { as: null });

  for (const path of ["", `/${roleIds.reader}`])
    await v3("GET", `/roles/${role.id}/implies${path}`);
  for (const method of ["PUT", "GET", "HEAD", "DELETE"])
    await v3(method, `/roles/${role.id}/implies/${roleIds.reader}`);
  await v3("GET", "/role_inferences");

  const own = { as: "demo" };
  const demo = (await v3("GET", "/users?name=demo")).json.users[0].id;
  const credentials = `/users/${demo}/application_credentials`;
  const credential = async (name: string) =>
    (await v3("POST", credentials, { application_credential: { name } }, own)).json
      .application_credential;
  const { id, secret } = await credential("app");
  await ask("POST", "/identity/v3/auth/tokens", {
    as: null,
    body: {
      auth: {
        identity: {
          methods: ["application_credential"],
          application_credential: { id, secret },
        },
      },
    },
  });
  await v3("GET", credentials, undefined, own);
  await v3("GET", `${credentials}/${id}`, undefined, own);
  await v3("DELETE", `${credentials}/${id}`, undefined, own);
  await credential("another");
  await v3("GET", `/users/${demo}/access_rules`, undefined, own);

  const on = [`/projects/${projects.demo.id}`, `/domains/${domain.id}`, "/system"];
  for (const target of on) {
    await v3("GET", `${target}/users/${demo}/roles`);
    for (const method of ["PUT", "HEAD", "DELETE"])
      await v3(method, `${target}/users/${demo}/roles/${roleIds.manager}`);
  }
  pass(1_000); // Earlier tokens were revoked with the roles.
  await v3("GET", "/role_assignments");
  for (const path of ["projects", "groups"]) await v3("GET", `/users/${demo}/${path}`);
  for (const path of ["projects", "domains", "system", "catalog"])
    await v3("GET", `/auth/${path}`, undefined, own);
  for (const path of ["groups", "services", "services/nova", "endpoints", "endpoints/nova-public"])
    await v3("GET", `/${path}`);
  for (const path of ["regions", "regions/RegionOne"]) await v3("GET", `/${path}`);

  await v3("DELETE", `/roles/${role.id}`);
  await v3("DELETE", `/projects/${project.id}`);
  await create("/users", "user", { name: "leaving", domain_id: domain.id });
  await v3("PATCH", `/domains/${domain.id}`, { domain: { enabled: false } });
  await v3("DELETE", `/domains/${domain.id}`);
  await v3("DELETE", `/users/${user.id}`);
}
