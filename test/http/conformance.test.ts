import { describe, expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { seedNetworks } from "../../lambdas/network/repositories/networks.ts";
import { startCloud } from "../support/cloud.ts";
import {
  findNovaOperation,
  latestMinor,
  operationName,
  operationPairsOf,
  type SchemaRange,
  schemaErrors,
  schemaRangesOf,
} from "../support/conformance.ts";
import { hasNovaSchemas } from "../support/nova-schemas.ts";
import { operations } from "../support/register.ts";
import { requestSamples, sendSample } from "../support/request-samples.ts";
import { microversionHeader } from "../support/send-request.ts";

async function startWithEverything() {
  const cloud = await startCloud();
  const { call, pass } = cloud;
  const admin = { as: "admin" };
  async function made(path: string, body: object, options: object = {}) {
    const { status, text } = await call("POST", path, { body, ...options });
    expect([200, 201, 202], `${path}: ${status} ${text}`).toContain(status);
    return text === "" ? null : JSON.parse(text);
  }

  await made("/v2.1/os-keypairs", { keypair: { name: "key" } });
  const { aggregate } = await made(
    "/v2.1/os-aggregates",
    { aggregate: { name: "rack", availability_zone: "nova" } },
    admin,
  );
  const secret = {
    name: "secret",
    ram: 512,
    vcpus: 1,
    disk: 5,
    "os-flavor-access:is_public": false,
  };
  const { flavor } = await made("/v2.1/flavors", { flavor: secret }, admin);
  await made(`/v2.1/flavors/${flavor.id}/os-extra_specs`, { extra_specs: { key: "1" } }, admin);
  const access = { addTenantAccess: { tenant: projects.demo.id } };
  await made(`/v2.1/flavors/${flavor.id}/action`, access, admin);
  const { server_group: group } = await made(
    "/v2.1/os-server-groups",
    { server_group: { name: "apart", policy: "anti-affinity" } },
    { headers: microversionHeader(64) },
  );
  const { server } = await made(
    "/v2.1/servers",
    {
      server: {
        name: "web",
        imageRef: seedImages[0]?.id,
        flavorRef: flavor.id,
        key_name: "key",
        metadata: { key: "value" },
        tags: ["blue"],
        networks: "auto",
        user_data: "IyEvYmluL3NoCg==",
      },
      "os:scheduler_hints": { group: group.id },
    },
    { headers: microversionHeader(96) },
  );
  pass(2_000);
  const on = `/v2.1/servers/${server.id}`;
  await call("PUT", `/v2.1/images/${seedImages[0]?.id}/metadata`, {
    ...admin,
    body: { metadata: { key: "value" } },
  });
  const { volume } = await made("/volume/v3/volumes", { volume: { size: 1 } });
  pass(10_000);
  const { snapshot } = await made("/v2.1/os-snapshots", { snapshot: { volume_id: volume.id } });
  await made(`${on}/os-volume_attachments`, { volumeAttachment: { volumeId: volume.id } });
  pass(10_000);
  const remote = { remote_console: { protocol: "vnc", type: "novnc" } };
  const { url } = (await made(`${on}/remote-consoles`, remote, { headers: microversionHeader(6) }))
    .remote_console;
  const [action] = (await call("GET", `${on}/os-instance-actions`)).json.instanceActions;
  const [port] = (await call("GET", `${on}/os-interface`)).json.interfaceAttachments;
  const groups = (await call("GET", "/v2.1/os-security-groups")).json.security_groups;
  const floating = (await made("/v2.1/os-floating-ips", {}, {})).floating_ip;

  const { server: leaving } = await made("/v2.1/servers", {
    server: { name: "leaving", imageRef: seedImages[0]?.id, flavorRef: flavor.id },
  });
  pass(2_000);
  await made(
    `/v2.1/servers/${leaving.id}/action`,
    { "os-migrateLive": { host: null, block_migration: "auto" } },
    { ...admin, headers: microversionHeader(96) },
  );
  const [migration] = (await call("GET", "/v2.1/os-migrations", admin)).json.migrations;

  /** Some parameter names mean different resources, and some resources have two names. */
  const parameter = (name: string, route: string, microversion: number): string => {
    const known: Record<string, string> = {
      server_id: route.includes("/migrations") ? leaving.id : server.id,
      migration_id: String(migration.id),
      flavor_id: flavor.id,
      image_id: seedImages[0]?.id ?? "",
      keypair_name: "key",
      key: "key",
      tag: "blue",
      aggregate_id: String(aggregate.id),
      alias: "os-flavor-access",
      host_name: "novaless-1",
      hypervisor_id: /search|servers/.test(route) ? "novaless" : hypervisorAt(microversion),
      group_id: route.includes("server-groups") ? group.id : groups[0].id,
      project: projects.demo.id,
      quota_class: "default",
      port_id: port.port_id,
      network: "private",
      network_id: seedNetworks[0]?.id ?? "",
      floating_ip_id: floating.id,
      volume_id: volume.id,
      snapshot_id: snapshot.id,
      request_id: action.request_id,
      before: "2026-01-16%2000:00:00",
      token: decodeURIComponent(url).split("token=")[1] ?? "",
    };
    return known[name] ?? name;
  };
  const hypervisors = new Map<number, string>();
  for (const version of [1, 53])
    hypervisors.set(
      version,
      String(
        (
          await call("GET", "/v2.1/os-hypervisors", {
            ...admin,
            headers: microversionHeader(version),
          })
        ).json.hypervisors[0].id,
      ),
    );
  const hypervisorAt = (microversion: number) => hypervisors.get(microversion < 53 ? 1 : 53) ?? "";
  return { ...cloud, parameter };
}

interface ReadCase {
  readonly id: string;
  readonly route: string;
  readonly range: SchemaRange;
}

const readCases: readonly ReadCase[] = operations
  .filter(({ route }) => route.startsWith("GET "))
  .flatMap((operation) => {
    const novas = findNovaOperation(operation);
    const { id, route } = operation;
    return novas ? schemaRangesOf(novas, "response").map((range) => ({ id, route, range })) : [];
  });

describe.runIf(hasNovaSchemas)("read responses match Nova's schemas", () => {
  test("at each version at which a response changes, for users and administrators", async () => {
    const { call, parameter } = await startWithEverything();
    const seen = new Set<string>();
    for (const { id, route, range } of readCases)
      for (const microversion of new Set([range.since, range.until]))
        for (const as of ["demo", "admin"]) {
          const path = route
            .replace("GET ", "/v2.1")
            .replace(/\{(\w+)\}/g, (_, name: string) => parameter(name, route, microversion));
          const reply = await call("GET", path, { as, headers: microversionHeader(microversion) });
          const what = `${id} at 2.${microversion} to ${as}: ${reply.status} ${reply.text.slice(0, 300)}`;
          if (as === "demo" && reply.status === 403) continue;
          if (as === "admin" && callerOwned.has(id)) continue;
          // The member exists but has no use.
          if (id === "console/show-console-connection" && microversion < 31) continue;
          expect.soft(reply.status, what).toBe(reply.text === "" ? 204 : 200);
          if (reply.status !== 200) continue;
          expect.soft(schemaErrors(range.name, reply.json), what).toEqual([]);
          seen.add(id);
        }
    expect([...seen].sort()).toEqual(
      [...new Set(readCases.map(({ id }) => id))].filter((id) => !withoutBody.has(id)).sort(),
    );
  }, 120_000);
});

interface WriteCase {
  readonly what: string;
  readonly ranges: readonly SchemaRange[];
}

const writeCases: readonly WriteCase[] = operations
  .filter(({ route }) => !route.startsWith("GET "))
  .flatMap(operationPairsOf)
  .map(({ nova }) => ({ what: operationName(nova), ranges: schemaRangesOf(nova, "response") }))
  .filter(({ ranges }) => ranges.length > 1);

describe.runIf(hasNovaSchemas)("write responses match Nova's schemas", () => {
  test("every operation with several responses has a request sample (test/support/request-samples.ts)", () => {
    expect(
      writeCases.map(({ what }) => what).filter((what) => !Object.hasOwn(requestSamples, what)),
    ).toEqual([]);
  });

  test.each(writeCases.filter(({ what }) => Object.hasOwn(requestSamples, what)))(
    "$what, at each version at which its response changes",
    async ({ what, ranges }) => {
      const cloud = await startCloud();
      for (const { name, since, until } of ranges)
        for (const microversion of new Set([since, until])) {
          const { status, text } = await sendSample(what, microversion, cloud);
          const seen = `2.${microversion}: ${status} ${text.slice(0, 300)}`;
          expect.soft(status, seen).toBeLessThan(300);
          const body = text === "" ? null : JSON.parse(text);
          expect.soft(schemaErrors(name, body), seen).toEqual([]);
        }
    },
  );
});

/** Resources of the user or project, different for the administrator. */
const callerOwned = new Set([
  "compute/show-keypair",
  "compute/show-floating-ip",
  "compute/show-security-group",
]);

const withoutBody = new Set(["compute/check-server-tag"]);

console.info(
  `answers: ${new Set(readCases.map(({ id }) => id)).size} operations that look, ${readCases.length} schemas of Nova's; ` +
    `${writeCases.length} that do and answer in several ways, ${writeCases.flatMap(({ ranges }) => ranges).length} schemas; up to 2.${latestMinor}`,
);
