import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import * as annexes from "../lambdas/annexes.ts";
import type { Annex } from "../lambdas/http/operation.ts";
import * as register from "../lambdas/operations.ts";
import { routes } from "../lambdas/routes.ts";
import { serverActions } from "../lambdas/servers/actions.ts";
import { entries, operations, places } from "./support/register.ts";

const root = join(import.meta.dirname, "..");

const sources = ["infra", "lambdas"].flatMap(listing).map((file) => {
  const text = readFileSync(join(root, file), "utf8");
  const said = /^(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"/gm;
  const imports = [...text.matchAll(said)].map(([, always, lazily]) => {
    const from = always ?? lazily ?? "";
    return from.startsWith(".") ? relative(root, join(root, dirname(file), from)) : from;
  });
  return { file, text, imports };
});

/** What an operation's folder may import: it knows neither the store nor a dialect's words. */
const operationFolder = ["lambdas/domain", "lambdas/http", "json-schema-to-ts", "node:crypto"];

/** What each folder may import besides itself. Arrows only ever point towards the domain. */
const mayImport: Record<string, readonly string[]> = {
  "lambdas/domain": [],
  "lambdas/store": ["lambdas/domain", "@aws-sdk", "node:crypto", "node:zlib"],
  "lambdas/dialects": ["lambdas/domain"],
  "lambdas/http": [
    "lambdas/domain",
    "lambdas/dialects",
    "lambdas/deployed/backend.ts",
    "@middy",
    "@aws-sdk/client-secrets-manager",
    "aws-lambda",
    "json-schema-to-ts",
    "node:crypto",
    // the console's pages, which lie beside the functions
    "node:fs/promises",
    "node:util",
  ],
  // what a register names
  "lambdas/annexes": ["lambdas/"],
  "lambdas/consoles": [...operationFolder, "node:zlib"],
  "lambdas/flavors": operationFolder,
  "lambdas/hosts": operationFolder,
  "lambdas/identity": operationFolder,
  "lambdas/images": operationFolder,
  "lambdas/keypairs": [...operationFolder, "node:util"],
  "lambdas/networks": operationFolder,
  // no operation: what CloudFormation calls, with the secrets and the first user to see to
  "lambdas/provisioning": [...operationFolder, "@aws-sdk/client-secrets-manager", "aws-lambda"],
  "lambdas/quotas": operationFolder,
  "lambdas/server-groups": operationFolder,
  "lambdas/servers": operationFolder,
  "lambdas/versions": [
    ...operationFolder,
    "lambdas/volume/dialect/microversion.ts",
    "lambdas/compute/dialects/nova/microversion.ts",
  ],
  "lambdas/volumes": operationFolder,
  "infra/aws": [
    "infra/costs/prices.ts",
    "infra/pages/build.ts",
    "lambdas/modules.ts",
    "lambdas/routes.ts",
    "lambdas/http/operation.ts",
    "lambdas/database/schema.ts",
    "aws-cdk-lib",
    "cdk-nag",
    "constructs",
    "esbuild",
    "node:",
  ],
  "infra/checks": ["infra/costs", "infra/local/cloud-login.ts", "infra/local/exports.ts", "node:"],
  "infra/costs": ["infra/documents/parts.ts", "node:fs", "node:path", "node:util"],
  // what of docs/ is printed from the code
  "infra/documents": ["lambdas/domain", "node:fs", "node:path"],
  "infra/pages": [
    "lambdas/console/model/bytes.ts",
    "@novnc/novnc",
    "@xterm/xterm",
    "esbuild",
    "node:",
  ],
  "infra/local": [
    "infra/pages/build.ts",
    "infra/pages/exchange.ts",
    "lambdas/domain",
    "lambdas/http",
    "lambdas/store",
    "lambdas/consoles",
    "lambdas/fallback.ts",
    "lambdas/modules.ts",
    "lambdas/routes.ts",
    "@aws-sdk",
    "aws-lambda",
    "dynalite",
    "node:",
    "ws",
  ],
};

/** What belongs to no folder: the registers and what is derived from them. */
const loose: Record<string, readonly string[]> = {
  "lambdas/annexes.ts": ["lambdas/annexes/"],
  "lambdas/operations.ts": ["lambdas/"],
  "lambdas/routes.ts": ["lambdas/"],
  "lambdas/fallback.ts": ["lambdas/", "aws-lambda"],
  "lambdas/modules.ts": ["lambdas/"],
  "lambdas/single.ts": ["lambdas/"],
};

describe("arrows", () => {
  for (const [folder, allowed] of Object.entries(mayImport))
    test(`${folder} imports only itself and [${allowed.join(", ")}]`, () => {
      expect(
        strays(({ file }) => file.startsWith(`${folder}/`), [`${folder}/`, ...allowed]),
      ).toEqual([]);
    });

  for (const [path, allowed] of Object.entries(loose))
    test(`${path} imports only [${allowed.join(", ")}]`, () => {
      expect(strays(({ file }) => file === path, allowed)).toEqual([]);
    });

  test("every source file is under a rule", () => {
    const unruled = sources
      .map(({ file }) => file)
      .filter((file) => !(file in loose))
      .filter((file) => !Object.keys(mayImport).some((folder) => file.startsWith(`${folder}/`)));
    expect(unruled).toEqual([]);
  });

  function strays(which: (source: { file: string }) => boolean, allowed: readonly string[]) {
    return sources
      .filter(which)
      .flatMap(({ file, imports }) =>
        imports
          .filter((from) => !allowed.some((prefix) => from.startsWith(prefix)))
          .map((from) => `${file} -> ${from}`),
      );
  }
});

describe("sizes", () => {
  const lengths = sources.map(({ file, text }) => ({ file, lines: text.split("\n").length }));

  test("no source file is longer than 250 lines", () => {
    expect(lengths.filter(({ lines }) => lines > 250)).toEqual([]);
  });

  test("the median file is under 80 lines", () => {
    const sorted = lengths.map(({ lines }) => lines).sort((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(80);
  });
});

test("no file or folder is called utils, helpers, common, shared, misc or lib", () => {
  const banned = /\b(utils?|helpers?|common|shared|misc|lib)\b/;
  expect(sources.map(({ file }) => file).filter((file) => banned.test(file))).toEqual([]);
});

test("the clock is read only at the edge", () => {
  expect(
    sources.filter(({ text }) => /Date\.now|new Date\(\)/.test(text)).map(({ file }) => file),
  ).toEqual([
    "infra/local/cloud.ts",
    "infra/local/gateway.ts",
    "infra/local/start.ts",
    "lambdas/deployed/environment.ts",
  ]);
});

test("no source says any, ts-ignore or a non-null !", () => {
  const banned = /: any\b|\bas any\b|<any>|@ts-|\w!\.|\w!;|biome-ignore/;
  expect(sources.filter(({ text }) => banned.test(text)).map(({ file }) => file)).toEqual([]);
});

test("no test mocks a module or the SDK", () => {
  const banned = /vi\.mock|aws-sdk-client-mock|\b(test|it|describe)\.(skip|only)\b/;
  const tests = listing("test").filter((file) => file !== "test/shape.test.ts");
  expect(tests.filter((file) => banned.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
});

describe("the registers", () => {
  const declared = sources
    .filter(({ file, text }) => / = operation\(\{/.test(text) && !(file in loose))
    .map(({ file }) => file.replace(/^lambdas\/|\.ts$/g, ""))
    .sort();

  test("every operation file is in just one of them, under its own path", () => {
    expect(operations.map(({ id }) => id).sort()).toEqual(declared);
    const registers = [
      register,
      serverActions.actions,
      ...Object.values(annexes).map(operationsOf),
    ];
    expect(registers.flatMap((all) => Object.keys(all))).toHaveLength(declared.length);
  });

  test("an operation is in its annex under its own route", async () => {
    for (const annex of Object.values(annexes))
      for (const [route, load] of Object.entries(operationsOf(annex)))
        expect((await load()).route).toBe(route);
  });

  test("an annex knows the routes beside it, which have functions of their own", () => {
    for (const { doors, operations = {}, beside = {} } of Object.values<Annex>(annexes)) {
      const own = places
        .filter(({ door, operations }) => door === doors[0] && operations[0]?.service !== "compute")
        .map(({ key, door }) => key.replace(` ${door}`, " "))
        .filter((route) => !(route in operations));
      const routed = routes.map(({ key }) => key);
      for (const route of own) expect(beside).toHaveProperty([route]);
      for (const route of Object.keys(beside))
        expect(routed).toContain(route.replace(" ", ` ${doors[0]}`));
    }
  });

  test("an action is in its register under its own name", async () => {
    for (const [name, load] of Object.entries(serverActions.actions))
      expect((await load()).action).toBe(name);
  });

  test("every function has a module with a handler", async () => {
    for (const { id } of entries) {
      const module = await import(join(root, "lambdas", `${id}.ts`));
      expect(module.handler, id).toBeTypeOf("function");
    }
  });

  test("no two functions answer the same route", () => {
    const keys = routes.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

function operationsOf({ operations }: Annex): Annex["operations"] {
  return operations;
}

function listing(top: string): string[] {
  return readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => join(top, file))
    .sort();
}
