import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { inject } from "vitest";
import { startHttpServer } from "./http-server.ts";

export interface CapacityUsage {
  dynamoCalls: number;
  /** Read request units. */
  reads: number;
  /** Write request units. */
  writes: number;
}

interface ConsumedUnits {
  readonly CapacityUnits: number;
}

export async function startMeteredEngine() {
  const { hostname, port } = new URL(inject("endpoint"));
  const usage: CapacityUsage = { dynamoCalls: 0, reads: 0, writes: 0 };

  function count(command: string, isStrong: boolean, forward: string): void {
    const { ConsumedCapacity = [] } = JSON.parse(forward);
    const units = ([ConsumedCapacity].flat() as ConsumedUnits[]).map((one) => one.CapacityUnits);
    const all = units.reduce((sum, one) => sum + one, 0);
    usage.dynamoCalls++;
    const isWrite = /Put|Update|Delete|Write/.test(command);
    // An empty result costs the minimum, though not every engine reports it.
    const least = isWrite || isStrong ? 1 : 0.5;
    usage[isWrite ? "writes" : "reads"] += Math.max(least, all);
  }

  async function forward(incoming: IncomingMessage) {
    const { method, url, headers } = incoming;
    const requestBody = JSON.parse(String(await buffer(incoming)));
    const command = String(headers["x-amz-target"]).replace(/^.*\./, "");
    const consumesCapacity = /Item|Query|Scan/.test(command);
    const body = JSON.stringify(
      consumesCapacity ? { ...requestBody, ReturnConsumedCapacity: "TOTAL" } : requestBody,
    );
    const upstream = request({
      ...{ hostname, port, method, path: url, agent: false },
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
    });
    upstream.end(body);
    const [reply] = (await once(upstream, "response")) as [IncomingMessage];
    const responseBody = await buffer(reply);
    if (consumesCapacity) count(command, requestBody.ConsistentRead === true, String(responseBody));
    return { reply, answered: responseBody };
  }

  const proxy = await startHttpServer((incoming, outgoing) => {
    forward(incoming).then(
      ({ reply, answered: responseBody }) =>
        outgoing.writeHead(reply.statusCode ?? 500, reply.headers).end(responseBody),
      () => outgoing.destroy(),
    );
  });

  return {
    endpoint: proxy,
    taken(): CapacityUsage {
      const all = { ...usage };
      Object.assign(usage, { dynamoCalls: 0, reads: 0, writes: 0 });
      return all;
    },
  };
}
