import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { formatChecks } from "../../../lambdas/http/formats.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { hasNovaSchemas, readNovaSchema } from "../../support/nova-schemas.ts";
import { microversionHeader } from "../../support/send-request.ts";
import { seedServer, settledServer } from "../../support/servers.ts";

const schemaStarts = {
  "servers.show_response": [1, 3, 9, 16, 19, 26, 47, 63, 69, 71, 73, 90, 96],
  "servers.detail_response": [1, 3, 9, 16, 19, 26, 47, 63, 69, 73, 90, 96],
  "servers.index_response": [1, 69],
  "servers.update_response": [1, 9, 19, 26, 47, 63, 71, 73, 75, 96],
  "servers.create_response": [1],
} as const;

type SchemaName = keyof typeof schemaStarts;

function schemaOf(name: SchemaName, at: number): object {
  const since = schemaStarts[name].findLast((version) => version <= at) ?? 1;
  return readNovaSchema(since === 1 ? name : `${name}_v2${since}`);
}

function schemaErrors(schema: object, body: unknown): string[] {
  const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true });
  for (const [format, fits] of Object.entries(formatChecks)) ajv.addFormat(format, fits);
  for (const format of ["name", "uri"]) ajv.addFormat(format, true);
  const validate = ajv.compile(schema);
  validate(body);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const versions = [
  ...new Set(Object.values(schemaStarts).flatMap((all) => [...all, 2, 74, 95])),
].sort((one, other) => one - other);

describe.runIf(hasNovaSchemas)("servers match Nova's own schemas", () => {
  for (const as of ["demo", "admin"])
    for (const version of versions)
      test(`at 2.${version}, to ${as}`, async () => {
        const { table, call } = await startCloud();
        const headers = microversionHeader(version);
        const { id } = await seedServer(
          table,
          settledServer("active", {
            tags: ["blue", "red"],
            lock: { by: "owner", reason: "at work" },
            hints: { group: "5f3ad1d4-7e4f-4d55-9a8e-2f6f2a5d3a11" },
          }),
        );
        await seedServer(table, settledServer("stopped"));
        const path = `/v2.1/servers/${id}`;
        const allProjects = as === "admin" ? "?all_tenants=1" : "";
        const server = {
          name: "other",
          imageRef: seedImages[0]?.id,
          flavorRef: "1",
          networks: "auto",
        };
        const { networks, ...plain } = server;
        const answers = {
          "servers.show_response": await call("GET", path, { as, headers }),
          "servers.detail_response": await call("GET", `/v2.1/servers/detail${allProjects}`, {
            as,
            headers,
          }),
          "servers.index_response": await call("GET", `/v2.1/servers${allProjects}`, {
            as,
            headers,
          }),
          "servers.update_response": await call("PUT", path, {
            as,
            headers,
            body: { server: { name: "other" } },
          }),
          "servers.create_response": await call("POST", "/v2.1/servers", {
            as,
            headers,
            body: { server: version < 37 ? plain : server },
          }),
        };
        expect(answers["servers.detail_response"].json.servers).toHaveLength(2);
        for (const [name, { status, json }] of Object.entries(answers)) {
          expect([name, status]).toEqual([name, name === "servers.create_response" ? 202 : 200]);
          expect([name, schemaErrors(schemaOf(name as SchemaName, version), json)]).toEqual([
            name,
            [],
          ]);
        }
      });

  test("a schema can reject a response", async () => {
    const { table, call } = await startCloud();
    const { id } = await seedServer(table, settledServer("active"));
    const { json } = await call("GET", `/v2.1/servers/${id}`, { headers: microversionHeader(96) });
    for (const member of Object.keys(json.server)) {
      if (["progress", "security_groups"].includes(member)) continue;
      const { [member]: _, ...less } = json.server;
      expect(schemaErrors(schemaOf("servers.show_response", 96), { server: less })).not.toEqual([]);
    }
    const more = { server: { ...json.server, novel: 1 } };
    expect(schemaErrors(schemaOf("servers.show_response", 96), more)).not.toEqual([]);
  });
});

console.info(
  `response schemas: ${Object.keys(schemaStarts).length} operations, ${versions.length} versions`,
);
