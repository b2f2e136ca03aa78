/** A route key: "GET /v2.1/servers/{server_id}". */
interface Routed {
  readonly key: string;
}

export interface Match<Route> {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

interface Node<Route> {
  readonly children: Map<string, Node<Route>>;
  parameter?: Node<Route>;
  /** Routes that match any remaining path. */
  readonly greedy: Map<string, Route>;
  readonly methods: Map<string, Route>;
}

const createNode = <Route>(): Node<Route> => ({
  children: new Map(),
  greedy: new Map(),
  methods: new Map(),
});

/**
 * Matches like an HTTP API: a literal segment wins over a parameter, no segment is empty, and
 * `{proxy+}` matches what no other route does.
 */
export function createPathRouter<Route extends Routed>(routes: readonly Route[]) {
  const root = createNode<Route>();
  for (const route of routes) {
    const [method = "", path = ""] = route.key.split(" ");
    const segments = segmentsOf(path);
    const isGreedy = segments.at(-1) === "{proxy+}";
    let current = root;
    for (const segment of isGreedy ? segments.slice(0, -1) : segments)
      current = childNode(current, segment);
    (isGreedy ? current.greedy : current.methods).set(method, route);
  }

  return {
    match(method: string, path: string): Match<Route> | null {
      const segments = segmentsOf(path);
      for (const { methods, values } of candidates(root, segments, 0, [])) {
        const route = methods.get(method) ?? methods.get("ANY");
        if (route) return { route, parameters: toParameters(route, values) };
      }
      return null;
    },

    /** Methods of the routes that match a path. */
    methods(path: string): string[] {
      const all = [...candidates(root, segmentsOf(path), 0, [])].flatMap(({ methods }) => [
        ...methods.keys(),
      ]);
      return [...new Set(all)].filter((method) => method !== "ANY").sort();
    },
  };
}

const segmentsOf = (path: string): string[] => path.split("/").slice(1);

/** The child node of a segment, created where missing. */
function childNode<Route>(parent: Node<Route>, segment: string): Node<Route> {
  if (/^\{\w+\}$/.test(segment)) {
    parent.parameter ??= createNode();
    return parent.parameter;
  }
  const next = parent.children.get(segment) ?? createNode();
  parent.children.set(segment, next);
  return next;
}

interface Candidate<Route> {
  readonly methods: ReadonlyMap<string, Route>;
  readonly values: readonly string[];
}

/** Yields the nodes that match, literal segments first, greedy routes last. */
function* candidates<Route>(
  start: Node<Route>,
  segments: readonly string[],
  index: number,
  values: readonly string[],
): Generator<Candidate<Route>> {
  const segment = segments[index];
  if (segment === undefined) {
    yield { methods: start.methods, values };
    return;
  }
  const literal = start.children.get(segment);
  if (literal) yield* candidates(literal, segments, index + 1, values);
  if (start.parameter && segment !== "")
    yield* candidates(start.parameter, segments, index + 1, [...values, segment]);
  if (start.greedy.size > 0 && segments.slice(index).some((one) => one !== ""))
    yield { methods: start.greedy, values: [...values, segments.slice(index).join("/")] };
}

function toParameters({ key }: Routed, values: readonly string[]): Record<string, string> {
  const names = [...key.matchAll(/\{(\w+)\+?\}/g)].map(([, name = ""]) => name);
  return Object.fromEntries(names.map((name, i) => [name, decodeParameter(values[i] ?? "")]));
}

/** Decodes like API Gateway: a parameter that cannot be decoded stays encoded. */
function decodeParameter(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
