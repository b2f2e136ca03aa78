/** Milliseconds after which an answer is no longer waited for: a function has ten seconds. */
const patience = 15_000;

export interface Asked {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes go out as they are, anything else as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface Reply {
  /** "GET /v2.1/servers", for people: without the query, where tokens of consoles stand. */
  readonly asked: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function ask(method: string, url: string, asked: Asked = {}): Promise<Reply> {
  const { token, headers, body, signal } = asked;
  const raw = typeof body === "string" || body instanceof Uint8Array;
  const within = AbortSignal.timeout(patience);
  const about = `${method} ${new URL(url).pathname}`;
  try {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      headers: {
        ...(token !== undefined && { "x-auth-token": token }),
        ...(body !== undefined && !raw && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, within]) : within,
    });
    const { status, headers: answered } = response;
    return { asked: about, status, headers: answered, text: await response.text() };
  } catch (cause) {
    throw new Error(`${about}: ${reasonOf(cause)}`, { cause });
  }
}

/** `fetch failed` has its reason in a cause. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === "TimeoutError") return `no answer in ${patience / 1_000} s`;
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

/** What stands at a path of the answer's JSON, as "server.addresses"; undefined where nothing does. */
export function told({ text }: Reply, path: string): unknown {
  try {
    return path
      .split(".")
      .reduce<unknown>(
        (at, step) => (Object(at) as Record<string, unknown>)[step],
        JSON.parse(text),
      );
  } catch {
    return undefined;
  }
}

/** The same, where it is a list of records. */
export function listed(reply: Reply, path: string): readonly Readonly<Record<string, unknown>>[] {
  const found = told(reply, path);
  return Array.isArray(found) ? found.map((one) => Object(one)) : [];
}

/** The reply, if it has the status; or an error that says what came, and which request to look for. */
export function answered(reply: Reply, ...statuses: readonly number[]): Reply {
  if (statuses.includes(reply.status)) return reply;
  const request = reply.headers.get("x-openstack-request-id");
  const said = reply.text.replaceAll(/\s+/g, " ").slice(0, 200);
  throw new Error(
    `${reply.asked}: ${reply.status} in place of ${statuses.join(" or ")}${request ? ` (${request})` : ""}: ${said}`,
  );
}
