/** Milliseconds until a request is given up: a function has ten seconds. */
const requestTimeoutMs = 15_000;

export interface RequestOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes are sent unchanged, other values as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface CheckResponse {
  /** "GET /v2.1/servers", for people: without the query, which may contain a console token. */
  readonly requestLine: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function sendRequest(
  method: string,
  url: string,
  options: RequestOptions = {},
): Promise<CheckResponse> {
  const { token, headers, body, signal } = options;
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  const timeout = AbortSignal.timeout(requestTimeoutMs);
  const requestLine = `${method} ${new URL(url).pathname}`;
  try {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      headers: {
        ...(token !== undefined && { "x-auth-token": token }),
        ...(body !== undefined && !isRaw && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw ? (body as string) : JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const { status, headers: responseHeaders } = response;
    return {
      requestLine: requestLine,
      status,
      headers: responseHeaders,
      text: await response.text(),
    };
  } catch (cause) {
    throw new Error(`${requestLine}: ${failureReason(cause)}`, { cause });
  }
}

/** `fetch failed` has its reason in a cause. */
function failureReason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === "TimeoutError") return `no answer in ${requestTimeoutMs / 1_000} s`;
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

/**
 * The value at a path of the JSON body, "server.addresses" for example; undefined where there is
 * none.
 */
export function valueAt({ text }: CheckResponse, path: string): unknown {
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

/** The same for a list of records. */
export function listAt(
  reply: CheckResponse,
  path: string,
): readonly Readonly<Record<string, unknown>>[] {
  const found = valueAt(reply, path);
  return Array.isArray(found) ? found.map((one) => Object(one)) : [];
}

/**
 * Returns a response with the expected status; throws with the response and its request id
 * otherwise.
 */
export function expectStatus(reply: CheckResponse, ...statuses: readonly number[]): CheckResponse {
  if (statuses.includes(reply.status)) return reply;
  const request = reply.headers.get("x-openstack-request-id");
  const bodyExcerpt = reply.text.replaceAll(/\s+/g, " ").slice(0, 200);
  throw new Error(
    `${reply.requestLine}: ${reply.status} in place of ${statuses.join(" or ")}${request ? ` (${request})` : ""}: ${bodyExcerpt}`,
  );
}
