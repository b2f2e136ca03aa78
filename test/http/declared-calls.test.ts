import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AnyOperation, Service } from "../../lambdas/http/operation.ts";
import { base64 } from "../support/basic-auth.ts";
import { startCloud } from "../support/cloud.ts";
import { findNovaOperation } from "../support/conformance.ts";
import { hasNovaSchemas } from "../support/nova-schemas.ts";
import { functionEntries, operations, servedRoutes } from "../support/register.ts";
import { requestRead } from "../support/sample-ids.ts";
import { runAllScenarios } from "../support/scenarios/all-scenarios.ts";
import { stageTemplate } from "../support/template.ts";

type CallsByOperation = ReadonlyMap<string, Set<string>>;

const noCalls = (): Map<string, Set<string>> =>
  new Map(operations.map(({ id }) => [id, new Set<string>()]));

let observation: Promise<Observation> | undefined;

interface Observation {
  readonly own: CallsByOperation;
  readonly before: CallsByOperation;
  readonly requested: ReadonlySet<string>;
  readonly succeeded: ReadonlySet<string>;
}

async function observeCalls(): Promise<Observation> {
  const succeeded = new Set<string>();
  const requested = new Set<string>();
  const [own, before] = [noCalls(), noCalls()];
  const authenticating: string[] = [];
  let seen = own;
  const { table, environment, call, commands, token, pass } = await startCloud({
    onResponse({ operation, status }) {
      if (seen === own) requested.add(operation);
      if (status < 300) succeeded.add(operation);
      for (const command of commands.splice(0)) seen.get(operation)?.add(command);
      for (const command of authenticating.splice(0)) before.get(operation)?.add(command);
    },
  });
  // The list of revoked tokens is read by authentication in any operation.
  const { revocations } = environment.backend();
  const { isRevoked } = revocations;
  Object.assign(revocations, {
    async isRevoked(...args: Parameters<typeof isRevoked>) {
      const from = commands.length;
      const answer = await isRevoked(...args);
      authenticating.push(...commands.splice(from));
      return answer;
    },
  });
  const ask: typeof call = (...args) => {
    commands.length = 0;
    return call(...args);
  };
  await runAllScenarios({ table, ask, token, pass });
  // a read needs no scenario
  for (const read of operations.filter(({ id, route }) => isRead(route) && !requested.has(id)))
    await requestRead(read, { ask, table });

  // Repeats everything after the caches expired.
  seen = before;
  for (const { key, mountPath, operations } of servedRoutes) {
    const [method = "", path = ""] = key.split(" ");
    for (const { access, action } of operations) {
      if (access === "public" || /\{/.test(mountPath)) continue;
      pass(60_000);
      await ask(method, path.replace(/\{\w+\}/g, "nowhere"), {
        ...(withoutPrefix.test(path) && {
          as: null,
          headers: { authorization: `Basic ${base64("reader:reader")}` },
        }),
        ...(method !== "GET" && method !== "HEAD" && { body: action ? { [action]: null } : {} }),
      });
    }
  }
  return { own, before, succeeded, requested };
}

const isRead = (route: string): boolean => /^(GET|HEAD) /.test(route);

const scenarioFiles: Partial<Record<Service, string>> = {
  compute: "servers.ts",
  image: "images.ts",
  volume: "volumes.ts",
};

const scenarioFileOf = (service: Service): string =>
  `test/support/scenarios/${scenarioFiles[service] ?? `${service}.ts`}`;

/** Paths of FlexCloud's clients with HTTP Basic. */
const withoutPrefix = /^\/(servers|flavors|images|os-keypairs)\b/;

function listDifferences(one: CallsByOperation, other: CallsByOperation, how: string): string[] {
  return [...one].flatMap(([id, all]) =>
    [...all].filter((name) => !other.get(id)?.has(name)).map((name) => `${id} ${how} ${name}`),
  );
}

const declaredCalls: CallsByOperation = new Map(
  operations.map(({ id, dynamoCalls: calls }) => [id, new Set(calls)]),
);

test("each operation makes exactly the DynamoDB calls that it declares", async () => {
  observation ??= observeCalls();
  const { own, requested } = await observation;

  const undeclared = listDifferences(own, declaredCalls, "sends").map(
    (line) => `${line} and does not declare it: add it to dynamoCalls`,
  );
  expect.soft(undeclared).toEqual([]);
  const unsent = listDifferences(declaredCalls, own, "declares").filter((line) =>
    requested.has(line.split(" ")[0] ?? ""),
  );
  expect.soft(unsent.map((line) => `${line} and never sends it`)).toEqual([]);
  const missing = operations
    .filter(({ id }) => !requested.has(id))
    .map(
      ({ id, service }) =>
        `${id} is in no scenario: add a request that succeeds to ${scenarioFileOf(service)}`,
    );
  expect.soft(missing).toEqual([]);
}, 120_000);

test("each function's role allows exactly the calls of its operations", async () => {
  observation ??= observeCalls();
  const { own, before } = await observation;
  const folder = mkdtempSync(join(tmpdir(), "novaless-"));
  // The bundles' content does not matter here.
  const dev = stageTemplate("dev", { dist: import.meta.dirname, folder });
  rmSync(folder, { recursive: true });
  const allowed = ({ id }: { readonly id: string }) =>
    dev.allowed(`${id}.handler`, "dynamodb").map((action) => action.replace("dynamodb:", ""));
  const used = ({ id }: AnyOperation) => [...(own.get(id) ?? []), ...(before.get(id) ?? [])];
  const withoutKey = (all: readonly AnyOperation[]) =>
    all.filter(({ signsTokens }) => !signsTokens);
  const served = functionEntries.map(({ id, kind, operations, siblings }) => ({
    id,
    kind,
    operations: [...operations, ...withoutKey(siblings)],
  }));
  const standsIn = served
    .filter(({ kind }) => kind !== "group")
    .flatMap(({ operations }) => withoutKey(operations));
  const functions = [...served, { id: "fallback", operations: standsIn }];

  const may = new Map(functions.map((one) => [one.id, new Set(allowed(one))]));
  const did = new Map(functions.map((one) => [one.id, new Set(one.operations.flatMap(used))]));

  expect.soft(listDifferences(did, may, "may not")).toEqual([]);
  expect.soft(listDifferences(may, did, "needs no")).toEqual([]);
}, 120_000);

// `call` also checks responses against Nova's schemas (test/support/conformance.ts).
test.runIf(hasNovaSchemas)(
  "each operation of the compute API succeeds at least once",
  async () => {
    observation ??= observeCalls();
    const { succeeded } = await observation;

    const compute = operations.filter(
      (operation) => operation.service === "compute" && !findNovaOperation(operation)?.removed,
    );
    const never = compute.map(({ id }) => id).filter((id) => !succeeded.has(id));
    // Disabled, see docs/differences.md.
    expect(never).toEqual(["compute/get-spice-console"]);
  },
  120_000,
);
