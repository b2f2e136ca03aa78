import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { formatChecks } from "../../../lambdas/http/formats.ts";
import { hasNovaSchemas, readNovaSchema } from "../../support/nova-schemas.ts";
import { startWithServer } from "../../support/with-server.ts";

type TestCloud = Awaited<ReturnType<typeof startWithServer>>;

const responseCases: Readonly<
  Record<
    string,
    {
      readonly since: readonly number[];
      readonly until?: number;
      ask(
        cloud: TestCloud,
        version: string,
        as: string,
      ): Promise<{ status: number; json: unknown }>;
    }
  >
> = {
  "instance_actions.index_response": {
    since: [1, 58],
    ask: ({ part }, version, as) => part("GET", "os-instance-actions", undefined, version, as),
  },
  "instance_actions.show_response": {
    since: [1, 51, 58, 62, 84],
    async ask({ part }, version, as) {
      const { json } = await part("GET", "os-instance-actions");
      const request = json.instanceActions[0].request_id;
      return part("GET", `os-instance-actions/${request}`, undefined, version, as);
    },
  },
  "remote_consoles.create_response": {
    since: [6, 8],
    ask: ({ part }, version, as) =>
      part(
        "POST",
        "remote-consoles",
        { remote_console: { protocol: "serial", type: "serial" } },
        version,
        as,
      ),
  },
  "remote_consoles.get_serial_console_response": {
    since: [1],
    until: 5,
    ask: ({ part }, version, as) =>
      part("POST", "action", { "os-getSerialConsole": { type: "serial" } }, version, as),
  },
  "console_output.get_console_output_response": {
    since: [1],
    ask: ({ part }, version, as) =>
      part("POST", "action", { "os-getConsoleOutput": {} }, version, as),
  },
  "server_tags.index_response": {
    since: [26],
    ask: ({ part }, version, as) => part("GET", "tags", undefined, version, as),
  },
  "server_password.index_response": {
    since: [1],
    ask: ({ part }, version, as) => part("GET", "os-server-password", undefined, version, as),
  },
  "server_diagnostics.index_response": {
    since: [1, 48],
    ask: ({ part }, version) => part("GET", "diagnostics", undefined, version, "admin"),
  },
  "server_topology.index_response": {
    since: [78],
    ask: ({ part }, version, as) => part("GET", "topology", undefined, version, as),
  },
  "server_migrations.index_response": {
    since: [23, 59, 80],
    ask: ({ part }, version) => part("GET", "migrations", undefined, version, "admin"),
  },
  "console_auth_tokens.show_response": {
    since: [31],
    async ask({ part, call }, version) {
      const body = { remote_console: { protocol: "vnc", type: "xvpvnc" } };
      const { json } = await part("POST", "remote-consoles", body, "2.6");
      const token = new URL(json.remote_console.url).searchParams.get("token");
      return call("GET", `/v2.1/os-console-auth-tokens/${token}`, {
        as: "admin",
        headers: { "openstack-api-version": `compute ${version}` },
      });
    },
  },
};

/** Schema files are named by version, except the first; migrations did not exist at 2.1. */
const schemaSince = (name: string, since: number, isFirst: boolean): object =>
  readNovaSchema(isFirst && !name.startsWith("server_migrations") ? name : `${name}_v2${since}`);

function schemaErrors(schema: object, body: unknown): string[] {
  const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true });
  for (const [format, fits] of Object.entries(formatChecks)) ajv.addFormat(format, fits);
  ajv.addFormat("uri", (text: string) => URL.canParse(text));
  const validate = ajv.compile(schema);
  validate(body);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

describe.runIf(hasNovaSchemas)("our responses match Nova's own response schemas", () => {
  for (const [name, { since, until = 96, ask }] of Object.entries(responseCases))
    for (const [index, first] of since.entries()) {
      const last = (since[index + 1] ?? until + 1) - 1;
      test(`${name} from 2.${first} to 2.${last}`, async () => {
        const cloud = await startWithServer({ tags: ["red"] });
        await cloud.act({ reboot: { type: "HARD" } });
        const schema = schemaSince(name, first, index === 0);
        for (const version of new Set([first, last]))
          for (const as of ["demo", "admin"]) {
            const { status, json } = await ask(cloud, `2.${version}`, as);
            expect(status).toBe(200);
            expect(schemaErrors(schema, json)).toEqual([]);
          }
      });
    }
});
