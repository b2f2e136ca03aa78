import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { startCloud } from "../../support/cloud.ts";
import { expectUnchanged } from "../../support/items.ts";
import { computeMounts } from "../../support/mounts.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const unknownActions = [
  "os-nosuch",
  "os- getVNCConsole",
  "OS-START",
  "os-start ",
  "",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "\u0000",
  "🚀",
];

for (const mount of computeMounts)
  test(`E-01: ${mount.dialect} at "${mount.path}" refuses an unknown action on any server`, async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("stopped"));

    await expectUnchanged(table, async () => {
      for (const name of unknownActions)
        for (const server of [id, randomUUID()]) {
          const reply = await call(
            "POST",
            `${mount.path}/servers/${server}/action`,
            mount.withCredentials({ body: `{${JSON.stringify(name)}: null}` }),
          );
          const message = `There is no such action: ${name}`;
          mount.expectRefusal(reply, { status: 400, name: "badRequest", message });
        }
    });
  });

const fieldError = (field: string, shown: string, reason: string) =>
  `Invalid input for field/attribute ${field}. Value: ${shown}. ${reason}`;

const rebootTypes = "['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']";

const invalidBodies: readonly [body: unknown, message: string][] = [
  [{ reboot: null }, fieldError("reboot", "None", "None is not of type 'object'")],
  [{ reboot: "HARD" }, fieldError("reboot", "HARD", "'HARD' is not of type 'object'")],
  [{ reboot: {} }, fieldError("reboot", "{}", "'type' is a required property")],
  [{ reboot: { type: null } }, fieldError("type", "None", "None is not of type 'string'")],
  [{ reboot: { type: 1 } }, fieldError("type", "1", "1 is not of type 'string'")],
  [
    { reboot: { type: ["HARD"] } },
    fieldError("type", "['HARD']", "['HARD'] is not of type 'string'"),
  ],
  [{ reboot: { type: "hARD" } }, fieldError("type", "hARD", `'hARD' is not one of ${rebootTypes}`)],
  [{ reboot: { type: "" } }, fieldError("type", "", `'' is not one of ${rebootTypes}`)],
  [
    { "os-getVNCConsole": { type: "bogus" } },
    fieldError("type", "bogus", "'bogus' is not one of ['novnc', 'xvpvnc']"),
  ],
  [
    { "os-getVNCConsole": { type: "spice-html5" } },
    fieldError("type", "spice-html5", "'spice-html5' is not one of ['novnc', 'xvpvnc']"),
  ],
  [{ "os-getVNCConsole": { type: 5 } }, fieldError("type", "5", "5 is not of type 'string'")],
  [
    { "os-getVNCConsole": { type: null } },
    fieldError("type", "None", "None is not of type 'string'"),
  ],
  [
    { "os-getVNCConsole": null },
    fieldError("os-getVNCConsole", "None", "None is not of type 'object'"),
  ],
  [
    { "os-getVNCConsole": {} },
    fieldError("os-getVNCConsole", "{}", "'type' is a required property"),
  ],
];

for (const mount of computeMounts)
  test(`E-01: ${mount.dialect} at "${mount.path}" refuses a bad action body with Nova's message on any server`, async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("active"));

    await expectUnchanged(table, async () => {
      for (const [body, message] of invalidBodies)
        for (const server of [id, randomUUID()]) {
          const path = `${mount.path}/servers/${server}/action`;
          const reply = await call("POST", path, mount.withCredentials({ body }));
          mount.expectRefusal(reply, { status: 400, name: "badRequest", message });
        }
    });
  });

test("E-12: an unknown key is refused on v2.1 and dropped on the other mounts", async () => {
  for (const mount of computeMounts) {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("active"));
    const body = { reboot: { type: "HARD", zz: 1 } };
    const reply = await call(
      "POST",
      `${mount.path}/servers/${id}/action`,
      mount.withCredentials({ body }),
    );
    if (mount.dialect === "nova")
      mount.expectRefusal(reply, {
        status: 400,
        name: "badRequest",
        message: fieldError(
          "reboot",
          "{'type': 'HARD', 'zz': 1}",
          "Additional properties are not allowed ('zz' was unexpected)",
        ),
      });
    else expect(reply.status).toBe(202);
  }
});

test("E-01: the body's single key and its name are checked before the project in the path", async () => {
  const { table, call } = await startCloud();
  const { id } = await seedServer(table, settledServer("stopped"));
  const messages = async (body: unknown) => {
    const path = `/servers/${id}/action`;
    const [now, then] = await Promise.all(
      ["/v2.1", "/v2"].map((version) =>
        call("POST", `${version}/${projects.alt_demo.id}${path}`, { body }),
      ),
    );
    return [now?.json.badRequest.message, then?.json.badRequest.message];
  };
  const foreign = `Malformed request URL: URL's project_id '${projects.alt_demo.id}' doesn't match Context's project_id '${projects.demo.id}'`;

  expect(await messages("{")).toEqual(Array(2).fill("Malformed request body"));
  expect(await messages({ "os-nosuch": 1 })).toEqual(
    Array(2).fill("There is no such action: os-nosuch"),
  );
  expect(await messages({ "os-start": null })).toEqual([foreign, foreign]);
  expect(await messages({ reboot: {} })).toEqual([foreign, foreign]);
});

test("E-01: the body schema is checked before the server and the role", async () => {
  const { call } = await startCloud();
  const path = `/v2.1/servers/${randomUUID()}/action`;
  const ask = async (as: string, body: unknown) => (await call("POST", path, { as, body })).status;

  expect(await ask("demo", { reboot: {} })).toBe(400);
  expect(await ask("demo", { reboot: { type: "HARD" } })).toBe(404);
  expect(await ask("reader", { reboot: {} })).toBe(400);
});
