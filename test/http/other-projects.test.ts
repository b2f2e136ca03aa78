import { expect, test } from "vitest";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { startCloud } from "../support/cloud.ts";

const v2 = "/network/v2.0";

const resources: readonly {
  readonly at: string;
  readonly of: string;
  readonly made: object;
  readonly changed?: object;
  /** The status for other projects; 404 by default. */
  readonly refusalStatus?: number;
}[] = [
  {
    at: "/v2.1/servers",
    of: "server",
    made: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" },
    changed: { name: "theirs" },
  },
  { at: "/v2.1/os-keypairs", of: "keypair", made: { name: "of-demo" } },
  // Nova looks it up before it checks the policy (nova/api/openstack/compute/server_groups.py:93).
  {
    at: "/v2.1/os-server-groups",
    of: "server_group",
    made: { name: "g", policies: ["affinity"] },
    refusalStatus: 403,
  },
  { at: `${v2}/networks`, of: "network", made: { name: "n" }, changed: { name: "theirs" } },
  { at: `${v2}/routers`, of: "router", made: { name: "r" }, changed: { name: "theirs" } },
  {
    at: `${v2}/security-groups`,
    of: "security_group",
    made: { name: "s" },
    changed: { name: "t" },
  },
  { at: "/volume/v3/volumes", of: "volume", made: { size: 1 }, changed: { name: "theirs" } },
  { at: "/image/v2/images", of: "", made: { name: "i", visibility: "private" } },
];

test.each(resources)("$at: another project cannot see, change or delete it", async (thing) => {
  const { call } = await startCloud();
  const { at, of, made, changed, refusalStatus = 404 } = thing;
  const within = (body: object) => (of === "" ? body : { [of]: body });
  const { status, json } = await call("POST", at, { body: within(made) });
  expect([200, 201, 202]).toContain(status);
  const thingMade = of === "" ? json : json[of];
  const id = thingMade.id ?? thingMade.name;
  const theirs = { as: "alt_demo" };

  expect((await call("GET", `${at}/${id}`, theirs)).status).toBe(refusalStatus);
  expect((await call("GET", at, theirs)).text).not.toContain(id);
  if (changed)
    expect((await call("PUT", `${at}/${id}`, { ...theirs, body: within(changed) })).status).toBe(
      404,
    );
  expect((await call("DELETE", `${at}/${id}`, theirs)).status).toBe(refusalStatus);
  expect((await call("GET", `${at}/${id}`)).status).toBe(200);
});

test("a port, a floating ip and a rule of another project are not found", async () => {
  const { call } = await startCloud();
  const network = (await call("GET", `${v2}/networks?name=private`)).json.networks[0].id;
  const outer = (await call("GET", `${v2}/networks?name=public`)).json.networks[0].id;
  const { port } = (await call("POST", `${v2}/ports`, { body: { port: { network_id: network } } }))
    .json;
  const { floatingip } = (
    await call("POST", `${v2}/floatingips`, {
      body: { floatingip: { floating_network_id: outer, port_id: port.id } },
    })
  ).json;
  const rule = (await call("GET", `${v2}/security-group-rules`)).json.security_group_rules[0];

  for (const path of [
    `ports/${port.id}`,
    `floatingips/${floatingip.id}`,
    `security-group-rules/${rule.id}`,
  ])
    for (const method of ["GET", "DELETE"])
      expect([path, (await call(method, `${v2}/${path}`, { as: "alt_demo" })).status]).toEqual([
        path,
        404,
      ]);
  for (const collection of ["ports", "floatingips", "security-group-rules"]) {
    const seen = (await call("GET", `${v2}/${collection}`, { as: "alt_demo" })).text;
    for (const id of [port.id, floatingip.id, rule.id]) expect(seen).not.toContain(id);
  }
  // Another project cannot associate its own floating IP either.
  const reply = await call("POST", `${v2}/floatingips`, {
    as: "alt_demo",
    body: { floatingip: { floating_network_id: outer, port_id: port.id } },
  });
  expect(reply.status).toBe(404);
});

test("in Keystone a user sees only the own user and application credentials", async () => {
  const { call } = await startCloud();
  const users = (await call("GET", "/identity/v3/users", { as: "admin" })).json.users;
  const idOf = (name: string) => users.find((user: { name: string }) => user.name === name).id;

  expect((await call("GET", `/identity/v3/users/${idOf("demo")}`)).status).toBe(200);
  expect((await call("GET", `/identity/v3/users/${idOf("alt_demo")}`)).status).toBe(403);
  const credentials = `/identity/v3/users/${idOf("demo")}/application_credentials`;
  const body = { application_credential: { name: "ci" } };
  const made = (await call("POST", credentials, { body })).json.application_credential;
  expect(made.secret).toBeTypeOf("string");
  for (const path of [credentials, `${credentials}/${made.id}`])
    expect((await call("GET", path, { as: "alt_demo" })).status).toBe(403);
  expect((await call("GET", credentials)).text).not.toContain(made.secret);
});
