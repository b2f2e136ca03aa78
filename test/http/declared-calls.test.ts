import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AnyOperation } from "../../lambdas/http/operation.ts";
import { base64 } from "../support/basic.ts";
import { cloud } from "../support/cloud.ts";
import { novasOf } from "../support/conformance.ts";
import { hasNovaSchemas } from "../support/nova-schemas.ts";
import { entries, operations, places } from "../support/register.ts";
import { askEverything } from "../support/scenarios/everything.ts";
import { templateOf } from "../support/template.ts";

type Seen = ReadonlyMap<string, Set<string>>;

const nothing = (): Map<string, Set<string>> =>
  new Map(operations.map(({ id }) => [id, new Set<string>()]));

/** What each operation asked for itself, and what was asked before it, to know the caller. */
let watched: Promise<Watched> | undefined;

interface Watched {
  readonly own: Seen;
  readonly before: Seen;
  /** The operations that did, once at least, what they are for. */
  readonly succeeded: ReadonlySet<string>;
}

async function watching(): Promise<Watched> {
  const succeeded = new Set<string>();
  const [own, before] = [nothing(), nothing()];
  const authenticating: string[] = [];
  let seen = own;
  const { table, world, call, commands, token, pass } = await cloud({
    answered({ operation, status }) {
      if (status < 300) succeeded.add(operation);
      for (const command of commands.splice(0)) seen.get(operation)?.add(command);
      for (const command of authenticating.splice(0)) before.get(operation)?.add(command);
    },
  });
  // the list of revoked tokens is authentication's to read, whoever asks
  const { revocations } = world.backend();
  const { includes } = revocations;
  Object.assign(revocations, {
    async includes(...asked: Parameters<typeof includes>) {
      const from = commands.length;
      const answer = await includes(...asked);
      authenticating.push(...commands.splice(from));
      return answer;
    },
  });
  const ask: typeof call = (...asked) => {
    commands.length = 0;
    return call(...asked);
  };
  await askEverything({ table, ask, token, pass });

  // once more, all of them, after so long that the caller has to be looked up anew
  seen = before;
  for (const { key, door, operations } of places) {
    const [method = "", path = ""] = key.split(" ");
    for (const { access, action } of operations) {
      if (access === "public" || /\{/.test(door)) continue;
      pass(60_000);
      await ask(method, path.replace(/\{\w+\}/g, "nowhere"), {
        ...(bare.test(path) && {
          as: null,
          headers: { authorization: `Basic ${base64("reader:reader")}` },
        }),
        ...(method !== "GET" && method !== "HEAD" && { body: action ? { [action]: null } : {} }),
      });
    }
  }
  return { own, before, succeeded };
}

/** Where FlexCloud's clients ask, by HTTP Basic. */
const bare = /^\/(servers|flavors|images|os-keypairs)\b/;

/** What is in one and not in the other, a line each. */
function told(one: Seen, other: Seen, how: string): string[] {
  return [...one].flatMap(([id, all]) =>
    [...all].filter((name) => !other.get(id)?.has(name)).map((name) => `${id} ${how} ${name}`),
  );
}

const declared: Seen = new Map(
  operations.map(({ id, dynamoCalls: calls }) => [id, new Set(calls)]),
);

test("each operation asks DynamoDB for just what it declares", async () => {
  watched ??= watching();
  const { own } = await watched;

  expect.soft(told(own, declared, "does not declare")).toEqual([]);
  expect.soft(told(declared, own, "never asks for")).toEqual([]);
}, 120_000);

test("a function may ask for what was asked for in it, and has no action that nothing used", async () => {
  watched ??= watching();
  const { own, before } = await watched;
  const folder = mkdtempSync(join(tmpdir(), "novaless-"));
  // what is in the bundles does not matter here
  const dev = templateOf("dev", { dist: import.meta.dirname, folder });
  rmSync(folder, { recursive: true });
  const allowed = ({ id }: { readonly id: string }) =>
    dev.allowed(`${id}.handler`, "dynamodb").map((action) => action.replace("dynamodb:", ""));
  const used = ({ id }: AnyOperation) => [...(own.get(id) ?? []), ...(before.get(id) ?? [])];
  const withoutKey = (all: readonly AnyOperation[]) =>
    all.filter(({ signsTokens }) => !signsTokens);
  const served = entries.map(({ id, kind, operations, siblings }) => ({
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

  expect.soft(told(did, may, "may not")).toEqual([]);
  expect.soft(told(may, did, "needs no")).toEqual([]);
}, 120_000);

// and `call` holds what it gets to Nova's schemas (test/support/conformance.ts)
test.runIf(hasNovaSchemas)(
  "each operation of the compute API answers well at least once",
  async () => {
    watched ??= watching();
    const { succeeded } = await watched;

    const compute = operations.filter(
      (operation) => operation.service === "compute" && !novasOf(operation)?.removed,
    );
    const never = compute.map(({ id }) => id).filter((id) => !succeeded.has(id));
    // turned off, as docs/differences.md says
    expect(never).toEqual(["compute/get-spice-console"]);
  },
  120_000,
);
