import { checkSync } from "recheck";
import { describe, expect, test } from "vitest";
import { removedRoutePattern } from "../../lambdas/compute/dialects/nova/removed-routes.ts";
import { escapeSequence } from "../../lambdas/console/model/terminal.ts";
import { register } from "../../lambdas/register.ts";
import { expressionsOf } from "./expressions.ts";
import { productSources } from "./sources.ts";

/** The checker in JavaScript; its default is a program for each platform. */
process.env["RECHECK_BACKEND"] = "pure";

/** Files whose expressions read our own text, each with the reason. */
const ownText: Readonly<Record<string, string>> = {
  "lambdas/read-register.ts": "reads our sources, in tests and in builds",
};

/** `new RegExp` of computed text, each with the reason why it may stay. */
const computedExpressions: Readonly<Record<string, string>> = {
  "new RegExp(pattern)": "names of members by a schema: tested below",
  'new RegExp(linearPattern, "u")': "strings by a schema: tested below",
  "new RegExp(text)": "compiles a client's expression and never runs it",
  'new RegExp(`^(?:${removedRoutePatterns.join("|")})$`)': "tested below",
  'new RegExp(`${escapeCharacter}(\\\\[[0-9;?]*[ -/]*[@-~]|O.|)`, "g")': "tested below",
  "new RegExp(`^${source}$`)": "matches answers with the templates of events/",
};

const sources = productSources
  .filter(({ file }) => /^(lambdas|infra\/local)\//.test(file) && !Object.hasOwn(ownText, file))
  .map((source) => ({ file: source.file, ...expressionsOf(source) }));

function slowness(pattern: string, flags: string): string | null {
  const judge = () => checkSync(pattern, flags.replaceAll(/[gy]/g, ""), { timeout: 60_000 });
  let verdict = judge();
  // a verdict by fuzzing depends on the machine's load: it counts if it repeats
  for (let again = 0; again < 2 && verdict.checker === "fuzz"; again++) {
    if (verdict.status === "safe") return null;
    verdict = judge();
  }
  if (verdict.status === "safe") return null;
  return verdict.status === "vulnerable" ? verdict.complexity.summary : "not judged in time";
}

interface NamedPattern {
  readonly place: string;
  readonly pattern: string;
}

function patternsOf(schema: unknown, place: string): NamedPattern[] {
  if (typeof schema !== "object" || schema === null) return [];
  const {
    pattern,
    linearPattern = pattern,
    patternProperties,
    ...rest
  } = schema as Record<string, unknown>;
  return [
    ...(typeof linearPattern === "string" ? [{ place, pattern: linearPattern }] : []),
    ...Object.keys(patternProperties ?? {}).map((key) => ({ place, pattern: key })),
    ...Object.values({ ...rest, patternProperties }).flatMap((value) => patternsOf(value, place)),
  ];
}

describe("every expression is linear in the text that it reads", () => {
  test.each(
    sources.filter(({ literals }) => literals.length > 0).map((one) => [one.file, one] as const),
  )("in %s", (_, { literals }) => {
    const slow = literals.flatMap(({ place, pattern, flags }) => {
      const finding = slowness(pattern, flags);
      return finding === null ? [] : [`${place} /${pattern}/${flags} is ${finding}`];
    });
    expect(slow).toEqual([]);
  });

  test("in the schemas of bodies and queries", async () => {
    const operations = await Promise.all(register.map(({ load }) => load()));
    const all = operations.flatMap(({ id, body, query }) => patternsOf([body, query], id));
    const byPattern = new Map(all.map(({ place, pattern }) => [pattern, place]));
    expect(byPattern.size).toBeGreaterThan(10);
    const slow = [...byPattern].flatMap(([pattern, place]) => {
      const finding = slowness(pattern, "u");
      return finding === null ? [] : [`${place} "${pattern}" is ${finding}`];
    });
    expect(slow).toEqual([]);
  });

  test.each([
    ["removedRoutePattern", removedRoutePattern],
    ["escapeSequence", escapeSequence],
  ])("in %s", (_, { source, flags }) => {
    expect(slowness(source, flags)).toBeNull();
  });
});

test("every computed expression has a reason", () => {
  const computed = sources.flatMap((one) => one.computed);
  expect(computed.filter(({ text }) => !Object.hasOwn(computedExpressions, text))).toEqual([]);
  const texts = new Set(computed.map(({ text }) => text));
  expect(Object.keys(computedExpressions).filter((text) => !texts.has(text))).toEqual([]);
});

test("the checker finds a slow expression", () => {
  expect(slowness("\\/+$", "")).toContain("polynomial");
  expect(slowness("^(a|a)*$", "")).toContain("exponential");
});
