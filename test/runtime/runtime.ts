import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Event, Result } from "../../lambdas/http/handler.ts";

const runtimeClientFile = join(import.meta.dirname, "node_modules/aws-lambda-ric/index.mjs");

export const hasRuntimeClient = (): boolean =>
  existsSync(runtimeClientFile) && existsSync(join(runtimeClientFile, "../rapid-client.node"));

export interface InvocationResult {
  readonly result: Result;
  readonly durationMs: number;
}

const lambdaVariables = (folder: string, id: string, api: string) => ({
  PATH: process.env["PATH"] ?? "",
  AWS_LAMBDA_RUNTIME_API: api,
  _HANDLER: `${id}.handler`,
  LAMBDA_TASK_ROOT: folder,
  AWS_LAMBDA_FUNCTION_NAME: id.replaceAll("/", "-"),
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
  AWS_LAMBDA_LOG_GROUP_NAME: "/aws/vendedlogs/Novaless-dev",
  AWS_LAMBDA_LOG_STREAM_NAME: "stream",
  AWS_LAMBDA_LOG_FORMAT: "JSON",
});

/**
 * Runs a function under AWS's runtime client, which polls this server
 * (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
 */
export async function startRuntime(
  folder: string,
  id: string,
  environment: Readonly<Record<string, string>>,
) {
  const waiting: ServerResponse[] = [];
  const ready = Promise.withResolvers<number>();
  let answer = Promise.withResolvers<string>();
  const server = createServer(async (request, response) => {
    if (request.url?.endsWith("/invocation/next")) {
      ready.resolve(performance.now());
      waiting.push(response);
      return;
    }
    const body = await text(request);
    response.writeHead(202).end("{}");
    if (request.url?.endsWith("/response")) answer.resolve(body);
    else failed(new Error(`${request.url}: ${body}`));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const began = performance.now();
  const child: ChildProcess = spawn(process.execPath, [runtimeClientFile], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...lambdaVariables(folder, id, `127.0.0.1:${port}`), ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (data) => {
      output += data;
    });
  const ended = once(child, "exit");
  child.on("exit", (code) => failed(new Error(`${id} ended with ${code}: ${output}`)));

  function failed(cause: Error): void {
    ready.reject(cause);
    answer.reject(cause);
  }
  // A function that fails without an event fails the next one.
  answer.promise.catch(() => {});

  return {
    /** From the process start to its first event request. */
    init: (await ready.promise) - began,

    async invoke(event: Event): Promise<InvocationResult> {
      answer = Promise.withResolvers<string>();
      const next = waiting.pop();
      if (!next) throw new Error(`${id} asks for nothing: ${output}`);
      const sent = performance.now();
      next
        .writeHead(200, {
          "content-type": "application/json",
          "lambda-runtime-aws-request-id": event.requestContext.requestId,
          "lambda-runtime-deadline-ms": String(Date.now() + 10_000),
          "lambda-runtime-invoked-function-arn": "arn:aws:lambda:us-east-1:000000000000:function:f",
        })
        .end(JSON.stringify(event));
      const body = await answer.promise;
      return { result: JSON.parse(body) as Result, durationMs: performance.now() - sent };
    },

    written: () => output,

    async stop(): Promise<void> {
      child.kill("SIGKILL");
      await ended;
      server.closeAllConnections();
      server.close();
    },
  };
}
