import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Context } from "aws-lambda";
import { functions, routes } from "../../lambdas/functions.ts";
import type { Environment } from "../../lambdas/http/environment.ts";
import type { Event, Result } from "../../lambdas/http/handler.ts";
import { createPathRouter, type Match } from "../../lambdas/http/router.ts";
import { attachConsoleUpgrades, isWebSocketUpgrade } from "./console-upgrade.ts";
import { type HandlerFor, localHandlers } from "./local-handlers.ts";

/** Bytes: an HTTP API's limit of a body. */
const maxPayloadBytes = 10 * 1024 * 1024;

/** A local API Gateway. It passes the same events to the same Lambdas as the deployed one. */
export function createGateway(
  environment: Environment,
  handlerFor: HandlerFor = localHandlers(environment),
): Server {
  const { match } = createPathRouter(routes);
  const handlers = new Map(functions.map((entry) => [entry, handlerFor(entry)]));
  const fallbackHandler = handlerFor(null);

  async function handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === null)
      return sendResult(response, {
        statusCode: 413,
        body: '{"message":"Request Entity Too Large"}',
      });
    const { method = "GET" } = request;
    // clients that use a proxy send a whole URL
    const url = (request.url ?? "/").replace(/^https?:\/\/[^/?]*/i, "");
    const [path = "/"] = url.split("?", 1);
    const matched = match(method, path);
    const event = toEvent(request, path, url.slice(path.length + 1), matched, body);
    const handler = (matched && handlers.get(matched.route.entry)) ?? fallbackHandler;
    sendResult(response, await handler(event, lambdaContext(event)));
    if (method !== "GET" && method !== "HEAD") consoles.look();
  }

  const server = createServer(
    { shouldUpgradeCallback: isWebSocketUpgrade },
    (request, response) => {
      handleRequest(request, response).catch((cause) => {
        console.error(cause);
        if (response.headersSent) response.destroy();
        else sendResult(response, { statusCode: 500, body: '{"message":"Internal Server Error"}' });
      });
    },
  );
  const consoles = attachConsoleUpgrades(server, environment);
  server.keepAliveTimeout = 65_000;
  return server;
}

/**
 * Reads the body; null beyond the limit. It reads to the end, so that the client receives the
 * response.
 */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= maxPayloadBytes) chunks.push(chunk);
  }
  return size <= maxPayloadBytes ? Buffer.concat(chunks) : null;
}

function sendResult(
  response: ServerResponse,
  { statusCode = 200, headers = {}, body: text = "", isBase64Encoded = false }: Result,
): void {
  const body = isBase64Encoded ? Buffer.from(text, "base64") : text;
  const length = Buffer.byteLength(body);
  const hasNoLength = statusCode === 204 || statusCode === 304;
  response
    .writeHead(statusCode, {
      ...(length > 0 && { "content-type": "application/json" }),
      ...(headers as Record<string, string>),
      ...(!hasNoLength && { "content-length": length }),
    })
    // JSON is ASCII (E-42), and latin1 is written together with the head, without a copy
    .end(body as string, length === body.length ? "latin1" : "utf8");
}

const utf8Decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const textTypes =
  /^(text\/|application\/(javascript|x-www-form-urlencoded|([\w.-]+\+)?(json|xml))|$)/;

/** Text stays text; other bytes, and text that is not UTF-8, become Base64. */
function encodeBody(bytes: Buffer, type: string): Pick<Event, "body" | "isBase64Encoded"> {
  if (bytes.length === 0) return { isBase64Encoded: false };
  if (textTypes.test(type)) {
    try {
      return { body: utf8Decoder.decode(bytes), isBase64Encoded: false };
    } catch {
      // not UTF-8
    }
  }
  return { body: bytes.toString("base64"), isBase64Encoded: true };
}

function toEvent(
  request: IncomingMessage,
  rawPath: string,
  rawQueryString: string,
  matched: Match<{ readonly key: string }> | null,
  bytes: Buffer,
): Event {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (name !== "cookie" && value !== undefined)
      headers[name] = Array.isArray(value) ? value.join(",") : value;
  const routeKey = matched?.route.key ?? "$default";
  const now = new Date();
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString,
    headers,
    ...(request.headers.cookie !== undefined && { cookies: request.headers.cookie.split("; ") }),
    ...(rawQueryString !== "" && { queryStringParameters: joinQuery(rawQueryString) }),
    ...(matched && { pathParameters: { ...matched.parameters } }),
    ...encodeBody(bytes, headers["content-type"] ?? ""),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: `localhost:${request.socket.localPort}`,
      domainPrefix: "local",
      http: {
        method: request.method ?? "GET",
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? "",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
  };
}

/** Repeated parameters are joined by commas. */
function joinQuery(rawQueryString: string): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString))
    all[name] = Object.hasOwn(all, name) ? `${all[name]},${value}` : value;
  return all;
}

/** Lambda's context of an invocation. */
export const lambdaContext = ({ requestContext }: Event): Context =>
  ({
    awsRequestId: requestContext.requestId,
    functionName: requestContext.routeKey,
    functionVersion: "$LATEST",
    memoryLimitInMB: "512",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => 10_000,
  }) as Context;
