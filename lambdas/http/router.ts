/** What a router chooses among: a method and a path, as in "GET /v2.1/servers/{server_id}". */
interface Keyed {
  readonly key: string;
}

export interface Match<Route> {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Node<Route> {
  readonly steps: Map<string, Node<Route>>;
  parameter?: Node<Route>;
  /** What takes any path from here on. */
  readonly greedy: Map<string, Route>;
  readonly methods: Map<string, Route>;
}

const node = <Route>(): Node<Route> => ({
  steps: new Map(),
  greedy: new Map(),
  methods: new Map(),
});

/**
 * Matches as an HTTP API does: a step that is said beats one that is a parameter, none is empty, and
 * `{proxy+}` takes what nothing else does.
 */
export function routerOf<Route extends Keyed>(routes: readonly Route[]) {
  const root = node<Route>();
  for (const route of routes) {
    const [method = "", path = ""] = route.key.split(" ");
    const steps = stepsOf(path);
    const greedy = steps.at(-1) === "{proxy+}";
    let at = root;
    for (const step of greedy ? steps.slice(0, -1) : steps) at = within(at, step);
    (greedy ? at.greedy : at.methods).set(method, route);
  }

  return {
    match(method: string, path: string): Match<Route> | null {
      const steps = stepsOf(path);
      for (const { methods, values } of walk(root, steps, 0, [])) {
        const route = methods.get(method) ?? methods.get("ANY");
        if (route) return { route, parameters: named(route, values) };
      }
      return null;
    },

    /** The methods that some route has for the path. */
    methods(path: string): string[] {
      const all = [...walk(root, stepsOf(path), 0, [])].flatMap(({ methods }) => [
        ...methods.keys(),
      ]);
      return [...new Set(all)].filter((method) => method !== "ANY").sort();
    },
  };
}

const stepsOf = (path: string): string[] => path.split("/").slice(1);

/** The place a step of a route leads to, made if need be. */
function within<Route>(at: Node<Route>, step: string): Node<Route> {
  if (/^\{\w+\}$/.test(step)) {
    at.parameter ??= node();
    return at.parameter;
  }
  const next = at.steps.get(step) ?? node();
  at.steps.set(step, next);
  return next;
}

interface Reached<Route> {
  readonly methods: ReadonlyMap<string, Route>;
  readonly values: readonly string[];
}

/** Every place that the steps lead to, the most literal first and the greedy last. */
function* walk<Route>(
  from: Node<Route>,
  steps: readonly string[],
  at: number,
  values: readonly string[],
): Generator<Reached<Route>> {
  const step = steps[at];
  if (step === undefined) {
    yield { methods: from.methods, values };
    return;
  }
  const literal = from.steps.get(step);
  if (literal) yield* walk(literal, steps, at + 1, values);
  if (from.parameter && step !== "") yield* walk(from.parameter, steps, at + 1, [...values, step]);
  if (from.greedy.size > 0 && steps.slice(at).some((one) => one !== ""))
    yield { methods: from.greedy, values: [...values, steps.slice(at).join("/")] };
}

function named({ key }: Keyed, values: readonly string[]): Record<string, string> {
  const names = [...key.matchAll(/\{(\w+)\+?\}/g)].map(([, name = ""]) => name);
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
