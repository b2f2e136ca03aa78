import type { Route } from "./routes.ts";

export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Node {
  readonly steps: Map<string, Node>;
  parameter?: { readonly name: string; readonly node: Node };
  readonly methods: Map<string, Route>;
}

const node = (): Node => ({ steps: new Map(), methods: new Map() });

/** Matches as an HTTP API does: a step that is said beats one that is a parameter, and none is empty. */
export function routerOf(routes: readonly Route[]) {
  const root = node();
  for (const route of routes) {
    const [method = "", path = ""] = route.key.split(" ");
    let at = root;
    for (const step of stepsOf(path)) {
      const name = /^\{(.+)\}$/.exec(step)?.[1];
      if (name === undefined) {
        const next = at.steps.get(step) ?? node();
        at.steps.set(step, next);
        at = next;
      } else {
        at.parameter ??= { name, node: node() };
        at = at.parameter.node;
      }
    }
    at.methods.set(method, route);
  }

  return {
    match(method: string, path: string): Match | null {
      const steps = stepsOf(path);
      for (const { methods, values } of walk(root, steps, 0, [])) {
        const route = methods.get(method);
        if (route) return { route, parameters: named(route, values) };
      }
      return null;
    },

    /** The methods that some route has for the path. */
    methods(path: string): string[] {
      const all = [...walk(root, stepsOf(path), 0, [])].flatMap(({ methods }) => [
        ...methods.keys(),
      ]);
      return [...new Set(all)].sort();
    },
  };
}

const stepsOf = (path: string): string[] => path.split("/").slice(1);

interface Reached {
  readonly methods: ReadonlyMap<string, Route>;
  readonly values: readonly string[];
}

/** Every place that the steps lead to, the most literal first. */
function* walk(
  from: Node,
  steps: readonly string[],
  at: number,
  values: readonly string[],
): Generator<Reached> {
  const step = steps[at];
  if (step === undefined) {
    yield { methods: from.methods, values };
    return;
  }
  const literal = from.steps.get(step);
  if (literal) yield* walk(literal, steps, at + 1, values);
  if (from.parameter && step !== "")
    yield* walk(from.parameter.node, steps, at + 1, [...values, step]);
}

function named({ key }: Route, values: readonly string[]): Record<string, string> {
  const names = [...key.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return Object.fromEntries(names.map((name, i) => [name, decoded(values[i] ?? "")]));
}

/** API Gateway hands parameters on decoded; what cannot be decoded, as it is. */
function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
