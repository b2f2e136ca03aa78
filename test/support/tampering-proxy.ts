import { once } from "node:events";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { startHttpServer } from "./http-server.ts";

export interface ProxiedResponse {
  readonly status: number;
  readonly body: string;
}

export interface Tampering {
  /** "METHOD /path" with the query. */
  readonly requestPattern: RegExp;
  readonly bodyPattern?: RegExp;
  /** Number of matches to skip; 0 by default. */
  readonly skipFirst?: number;
  changeResponse?(passed: ProxiedResponse): Partial<ProxiedResponse>;
  readonly replacement?: ProxiedResponse;
  /** Executes the request and drops the response. */
  readonly losesResponse?: true;
}

export async function startTamperingProxy(
  origin: string,
  ...tamperings: Tampering[]
): Promise<string> {
  const { hostname, port } = new URL(origin);
  const matchCounts = new Map<Tampering, number>();

  function findTampering(request: string, body: string): Tampering | undefined {
    return tamperings.find((fault) => {
      if (!fault.requestPattern.test(request) || !(fault.bodyPattern?.test(body) ?? true))
        return false;
      const before = matchCounts.get(fault) ?? 0;
      matchCounts.set(fault, before + 1);
      return before >= (fault.skipFirst ?? 0);
    });
  }

  async function forward(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method, url, headers } = incoming;
    const body = await buffer(incoming);
    const tampering = findTampering(`${method} ${url}`, String(body));
    if (tampering?.replacement)
      return void outgoing.writeHead(tampering.replacement.status).end(tampering.replacement.body);
    const upstream = request({ hostname, port, method, path: url, headers, agent: false });
    upstream.end(body);
    const [reply] = (await once(upstream, "response")) as [IncomingMessage];
    const bytes = await buffer(reply);
    if (tampering?.losesResponse) return void outgoing.destroy();
    const response = { status: reply.statusCode ?? 500, body: String(bytes) };
    const changed = tampering?.changeResponse
      ? { ...response, ...tampering.changeResponse(response) }
      : null;
    const { "content-length": _, ...others } = reply.headers;
    outgoing.writeHead(changed?.status ?? response.status, others).end(changed?.body ?? bytes);
  }

  return startHttpServer((incoming, outgoing) => {
    forward(incoming, outgoing).catch(() => outgoing.destroy());
  });
}
