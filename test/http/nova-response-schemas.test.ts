import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { formatChecks } from "../../lambdas/http/formats.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { startCloud, type TestResponse } from "../support/cloud.ts";
import { hasNovaSchemas, readNovaSchema } from "../support/nova-schemas.ts";
import { seedServer, settledServer } from "../support/servers.ts";

const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" };
const keypair = { name: "key" };

type TestCloud = Awaited<ReturnType<typeof startCloud>>;

async function createSnapshot({ call }: TestCloud, id: string): Promise<string> {
  const body = { createImage: { name: "snap" } };
  const { headers } = await call("POST", `/v2.1/servers/${id}/action`, { body });
  return `/v2.1/images/${headers.get("location")?.split("/").at(-1)}`;
}

const responseCases: readonly [
  schema: string,
  ask: (cloud: TestCloud, id: string) => Promise<TestResponse>,
][] = [
  ["servers.show_response", ({ call }, id) => call("GET", `/v2.1/servers/${id}`)],
  ["servers.show_response", ({ call }, id) => call("GET", `/v2.1/servers/${id}`, { as: "admin" })],
  ["servers.detail_response", ({ call }) => call("GET", "/v2.1/servers/detail?limit=1")],
  ["servers.index_response", ({ call }) => call("GET", "/v2.1/servers?limit=1")],
  ["servers.create_response", ({ call }) => call("POST", "/v2.1/servers", { body: { server } })],
  [
    "servers.create_response",
    ({ call }) =>
      call("POST", "/v2.1/servers", {
        body: { server: { ...server, return_reservation_id: true } },
      }),
  ],
  [
    "servers.update_response",
    ({ call }, id) => call("PUT", `/v2.1/servers/${id}`, { body: { server: { name: "other" } } }),
  ],
  [
    "remote_consoles.get_vnc_console_response",
    ({ call }, id) =>
      call("POST", `/v2.1/servers/${id}/action`, {
        body: { "os-getVNCConsole": { type: "novnc" } },
      }),
  ],
  ["flavors.create_response", ({ call }) => call("GET", "/v2.1/flavors/1")],
  ["flavors.detail_response", ({ call }) => call("GET", "/v2.1/flavors/detail?limit=2")],
  ["flavors.index_response", ({ call }) => call("GET", "/v2.1/flavors?limit=2")],
  [
    "flavors_extraspecs.index_response",
    ({ call }) => call("GET", "/v2.1/flavors/1/os-extra_specs"),
  ],
  ["images.show_response", ({ call }) => call("GET", `/v2.1/images/${seedImages[0]?.id}`)],
  ["images.detail_response", ({ call }) => call("GET", "/v2.1/images/detail")],
  ["images.index_response", ({ call }) => call("GET", "/v2.1/images")],
  ["images.show_response", async (cloud, id) => cloud.call("GET", await createSnapshot(cloud, id))],
  [
    "images.detail_response",
    async (cloud, id) => {
      await createSnapshot(cloud, id);
      return cloud.call("GET", "/v2.1/images/detail");
    },
  ],
  [
    "image_metadata.index_response",
    async (cloud, id) => cloud.call("GET", `${await createSnapshot(cloud, id)}/metadata`),
  ],
  [
    "image_metadata.show_response",
    async (cloud, id) =>
      cloud.call("GET", `${await createSnapshot(cloud, id)}/metadata/image_type`),
  ],
  [
    "keypairs.create_response",
    ({ call }) => call("POST", "/v2.1/os-keypairs", { body: { keypair } }),
  ],
  [
    "keypairs.index_response",
    async ({ call }) => {
      await call("POST", "/v2.1/os-keypairs", { body: { keypair } });
      return call("GET", "/v2.1/os-keypairs");
    },
  ],
  [
    "keypairs.show_response",
    async ({ call }) => {
      await call("POST", "/v2.1/os-keypairs", { body: { keypair } });
      return call("GET", "/v2.1/os-keypairs/key");
    },
  ],
];

function schemaErrors(name: string, body: unknown) {
  const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true });
  for (const [format, fits] of Object.entries(formatChecks)) ajv.addFormat(format, fits);
  for (const format of ["name", "uri"]) ajv.addFormat(format, true);
  const validate = ajv.compile(readNovaSchema(name));
  validate(body);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

describe.runIf(hasNovaSchemas)("our responses match Nova's own response schemas", () => {
  for (const [index, [schema, ask]] of responseCases.entries())
    test(`${schema} (${index + 1} of ${responseCases.length})`, async () => {
      const cloud = await startCloud();
      const { id } = await seedServer(cloud.table, settledServer("active"));
      const reply = await ask(cloud, id);
      expect(reply.status).toBeLessThan(300);
      expect(schemaErrors(schema, reply.json)).toEqual([]);
    });

  for (const vm of ["stopped", "error", "paused", "suspended"] as const)
    test(`a server that is ${vm}`, async () => {
      const { table, call } = await startCloud();
      const { id } = await seedServer(table, settledServer(vm));
      const reply = await call("GET", `/v2.1/servers/${id}`);
      expect(schemaErrors("servers.show_response", reply.json)).toEqual([]);
    });

  test("a server that is being built, and one that is being deleted", async () => {
    const { table, call } = await startCloud();
    const { json } = await call("POST", "/v2.1/servers", { body: { server } });
    const building = await call("GET", `/v2.1/servers/${json.server.id}`);
    const { id } = await seedServer(table, settledServer("active"));
    await call("DELETE", `/v2.1/servers/${id}`);
    const deleting = await call("GET", `/v2.1/servers/${id}`);
    for (const reply of [building, deleting])
      expect(schemaErrors("servers.show_response", reply.json)).toEqual([]);
  });
});
