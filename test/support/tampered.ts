import { once } from "node:events";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { served } from "./served.ts";

export interface Passed {
  readonly status: number;
  readonly body: string;
}

export interface Tampering {
  /** "METHOD /path", with the query. */
  readonly on: RegExp;
  /** And what its body is about, where that matters. */
  readonly asking?: RegExp;
  /** How many such requests go by before; none where it does not say. */
  readonly after?: number;
  /** What becomes of the answer; an answer that stands in for it, so that nothing is done. */
  becomes?(passed: Passed): Partial<Passed>;
  readonly instead?: Passed;
  /** It is done, and nobody is told. */
  readonly loses?: true;
}

/** A cloud, but for what is tampered with on the way. */
export async function tampered(origin: string, ...faults: Tampering[]): Promise<string> {
  const { hostname, port } = new URL(origin);
  const went = new Map<Tampering, number>();

  function faultIn(request: string, body: string): Tampering | undefined {
    return faults.find((fault) => {
      if (!fault.on.test(request) || !(fault.asking?.test(body) ?? true)) return false;
      const before = went.get(fault) ?? 0;
      went.set(fault, before + 1);
      return before >= (fault.after ?? 0);
    });
  }

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method, url, headers } = incoming;
    const body = await buffer(incoming);
    const how = faultIn(`${method} ${url}`, String(body));
    if (how?.instead) return void outgoing.writeHead(how.instead.status).end(how.instead.body);
    const upstream = request({ hostname, port, method, path: url, headers, agent: false });
    upstream.end(body);
    const [reply] = (await once(upstream, "response")) as [IncomingMessage];
    const bytes = await buffer(reply);
    if (how?.loses) return void outgoing.destroy();
    const passed = { status: reply.statusCode ?? 500, body: String(bytes) };
    const told = how?.becomes ? { ...passed, ...how.becomes(passed) } : null;
    const { "content-length": _, ...others } = reply.headers;
    outgoing.writeHead(told?.status ?? passed.status, others).end(told?.body ?? bytes);
  }

  return served((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
}
