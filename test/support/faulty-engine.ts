import { once } from "node:events";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { inject } from "vitest";
import { startHttpServer } from "./http-server.ts";

/** `lost` executes and loses the response; `unprocessed` executes none of a batch. */
export type EngineFailure = "throttles" | "breaks" | "hangs" | "drops" | "lost" | "unprocessed";

/** Failures by command name, or "*" for all. */
export type EngineFailures = Readonly<Record<string, EngineFailure>>;

export async function faultyEngine(endpoint: string = inject("endpoint")) {
  const engine = new URL(endpoint);
  let failures: EngineFailures = {};
  let remaining = Number.POSITIVE_INFINITY;
  let skipped = 0;

  async function handleRequest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const command = String(incoming.headers["x-amz-target"]).replace(/^.*\./, "");
    const meant = remaining > 0 ? (failures[command] ?? failures["*"]) : undefined;
    const failure = skipped > 0 ? undefined : meant;
    if (failure) remaining--;
    else if (meant) skipped--;
    if (failure === "hangs") return;
    if (failure === "drops") return void outgoing.destroy();
    if (failure === "throttles")
      return sendError(outgoing, 400, "ProvisionedThroughputExceededException");
    if (failure === "breaks") return sendError(outgoing, 500, "InternalServerError");
    if (failure === "unprocessed") {
      const { RequestItems } = JSON.parse(body.toString());
      const unprocessedMember = command === "BatchGetItem" ? "UnprocessedKeys" : "UnprocessedItems";
      return sendJson(outgoing, 200, { [unprocessedMember]: RequestItems });
    }
    const { hostname, port } = engine;
    const { method, url, headers } = incoming;
    const upstream = request({ hostname, port, method, path: url, headers, agent: false });
    upstream.end(body);
    const [reply] = (await once(upstream, "response")) as [IncomingMessage];
    const upstreamBody = await buffer(reply);
    if (failure === "lost") outgoing.destroy();
    else outgoing.writeHead(reply.statusCode ?? 500, reply.headers).end(upstreamBody);
  }

  const proxy = await startHttpServer((incoming, outgoing) => {
    handleRequest(incoming, outgoing).catch(() => outgoing.destroy());
  });

  return {
    endpoint: proxy,
    /** For all further commands, or for so many, after so many of the same kinds. */
    fail(those: EngineFailures, times = Number.POSITIVE_INFINITY, after = 0) {
      failures = those;
      remaining = times;
      skipped = after;
    },
    heal() {
      failures = {};
    },
  };
}

const sendJson = (outgoing: ServerResponse, status: number, body: unknown) => {
  outgoing
    .writeHead(status, { "content-type": "application/x-amz-json-1.0" })
    .end(JSON.stringify(body));
};

const sendError = (outgoing: ServerResponse, status: number, name: string) =>
  sendJson(outgoing, status, {
    __type: `com.amazonaws.dynamodb.v20120810#${name}`,
    message: "told to fail",
  });
