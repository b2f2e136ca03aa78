import { describe, expect, test } from "vitest";
import { type Rule, rules } from "./rooms.ts";
import { type Import, productSources, type Source } from "./sources.ts";

const matches = (path: string, allowed: readonly (string | RegExp)[] = []): boolean =>
  allowed.some((one) => (typeof one === "string" ? path.startsWith(one) : one.test(path)));

const isAllowed = ({ holds, mayImport, asTypes }: Rule, { from, typeOnly }: Import): boolean =>
  holds.test(from) || matches(from, mayImport) || (typeOnly && matches(from, asTypes));

describe("imports", () => {
  for (const rule of rules)
    test(`${rule.room} imports only itself and [${rule.mayImport.join(", ")}]`, () => {
      const strays = productSources
        .filter(({ file }) => rule.holds.test(file))
        .flatMap(({ file, imports }) =>
          imports.filter((one) => !isAllowed(rule, one)).map(({ from }) => `${file} -> ${from}`),
        );
      expect(strays).toEqual([]);
    });

  test("every source file belongs to one room", () => {
    const misplaced = productSources
      .map(({ file }) => [file, rules.filter(({ holds }) => holds.test(file)).length] as const)
      .filter(([, rooms]) => rooms !== 1);
    expect(misplaced).toEqual([]);
  });

  test("a resource folder imports no file that declares an operation", () => {
    const operationFiles = new Set(
      productSources.filter(declaresOperation).map(({ file }) => file),
    );
    const strays = productSources
      .filter(({ file }) => /^lambdas\/(?!fallback)/.test(file))
      .flatMap(({ file, imports }) =>
        imports
          .filter(({ from, typeOnly }) => !typeOnly && operationFiles.has(from))
          .map(({ from }) => `${file} -> ${from}`),
      );
    expect(strays).toEqual([]);
  });

  test("no import circle exists, type imports included", () => {
    expect(findCircles(productSources)).toEqual([]);
  });
});

describe("purity", () => {
  const isPure = /^lambdas\/(core|\w+\/model)\//;
  /** `PlanChange` is a type of what the database calls back. */
  const typesPromises = new Set(["lambdas/compute/model/server-changes.ts"]);

  test("core and models neither wait, nor read a clock, nor do I/O", () => {
    const impure = /\basync\b|\bawait\b|\bPromise\b|"node:(?!crypto)|\bDate\.now\b|\bnew Date\(\)/;
    const found = productSources
      .filter(({ file }) => isPure.test(file) && !typesPromises.has(file))
      .filter(({ text }) => impure.test(withoutComments(text)))
      .map(({ file }) => file);
    expect(found).toEqual([]);
  });

  test("the clock is read only at the edge", () => {
    expect(
      productSources
        .filter(({ text }) => /Date\.now|new Date\(\)/.test(text))
        .map(({ file }) => file),
    ).toEqual([
      "infra/local/cloud.ts",
      "infra/local/gateway.ts",
      "infra/local/start.ts",
      "lambdas/deployed/clock.ts",
    ]);
  });

  test("environment variables are read only in deployed functions, provisioning and infra", () => {
    expect(
      productSources
        .filter(({ file }) => !/^(infra|lambdas\/(deployed|provisioning))\//.test(file))
        .filter(({ text }) => text.includes("process.env"))
        .map(({ file }) => file),
    ).toEqual([]);
  });
});

function declaresOperation({ text }: Source): boolean {
  return / = operation\(\{/.test(text);
}

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");

/** Every set of files that reach each other by imports (Tarjan's strongly connected components). */
function findCircles(sources: readonly Source[]): string[][] {
  const imports = new Map(sources.map(({ file, imports }) => [file, imports]));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const own = index.size;
    index.set(file, own);
    low.set(file, own);
    stack.push(file);
    for (const { from } of imports.get(file) ?? []) {
      if (!imports.has(from)) continue;
      const reached = index.has(from)
        ? stack.includes(from)
          ? (index.get(from) ?? own)
          : own
        : visit(from);
      low.set(file, Math.min(low.get(file) ?? own, reached));
    }
    if (low.get(file) === own) {
      const circle = stack.splice(stack.indexOf(file));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low.get(file) ?? own;
  };
  for (const { file } of sources) if (!index.has(file)) visit(file);
  return circles;
}
