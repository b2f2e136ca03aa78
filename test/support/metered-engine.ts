import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { inject } from "vitest";
import { served } from "./served.ts";

/** What DynamoDB would put on its bill. */
export interface Metered {
  calls: number;
  /** Read request units. */
  reads: number;
  /** Write request units. */
  writes: number;
}

interface Consumed {
  readonly CapacityUnits: number;
}

/** The engine of this run, behind something that has it say what each command takes. */
export async function meteredEngine() {
  const { hostname, port } = new URL(inject("endpoint"));
  const metered: Metered = { calls: 0, reads: 0, writes: 0 };

  function count(command: string, isStrong: boolean, answer: string): void {
    const { ConsumedCapacity = [] } = JSON.parse(answer);
    const units = ([ConsumedCapacity].flat() as Consumed[]).map((one) => one.CapacityUnits);
    const all = units.reduce((sum, one) => sum + one, 0);
    metered.calls++;
    const isWrite = /Put|Update|Delete|Write/.test(command);
    // what finds nothing is charged as what finds little, though not every engine says so
    const least = isWrite || isStrong ? 1 : 0.5;
    metered[isWrite ? "writes" : "reads"] += Math.max(least, all);
  }

  async function answer(incoming: IncomingMessage) {
    const { method, url, headers } = incoming;
    const asked = JSON.parse(String(await buffer(incoming)));
    const command = String(headers["x-amz-target"]).replace(/^.*\./, "");
    const counts = /Item|Query|Scan/.test(command);
    const body = JSON.stringify(counts ? { ...asked, ReturnConsumedCapacity: "TOTAL" } : asked);
    const upstream = request({
      ...{ hostname, port, method, path: url, agent: false },
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
    });
    upstream.end(body);
    const [reply] = (await once(upstream, "response")) as [IncomingMessage];
    const answered = await buffer(reply);
    if (counts) count(command, asked.ConsistentRead === true, String(answered));
    return { reply, answered };
  }

  const proxy = await served((incoming, outgoing) => {
    answer(incoming).then(
      ({ reply, answered }) =>
        outgoing.writeHead(reply.statusCode ?? 500, reply.headers).end(answered),
      () => outgoing.destroy(),
    );
  });

  return {
    endpoint: proxy,
    /** What has been taken since this was last asked. */
    taken(): Metered {
      const all = { ...metered };
      Object.assign(metered, { calls: 0, reads: 0, writes: 0 });
      return all;
    },
  };
}
