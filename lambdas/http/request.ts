import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { Fault, malformed } from "../core/fault.ts";
import type { Dialect } from "./dialect.ts";
import type { Settings } from "./environment.ts";

/** Bytes; oslo.middleware's max_request_body_size (E-30). */
export const largestBody = 114_688;

/** Levels of JSON; nothing in the API has ten. Python gives up at about a thousand, with a 500. */
const deepest = 64;

/** The body's bytes as API Gateway hands them on: text, or Base64 of what is not. */
export function bytesOf({ body = "", isBase64Encoded }: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
}

/** Nova, which has no PATCH, looks at the body of no other (nova/api/openstack/wsgi.py _METHODS_WITH_BODY). */
const withBody = new Set(["POST", "PUT", "PATCH"]);

/** Of what does not route, Nova looks at neither the version nor the body. */
export const isRouted = ({ routeKey }: APIGatewayProxyEventV2): boolean => routeKey !== "$default";

/** The JSON a request brings; undefined where it brings nothing. */
export function jsonOf(event: APIGatewayProxyEventV2, dialect: Dialect): unknown {
  const bytes = bytesOf(event);
  if (bytes.length === 0 || !withBody.has(event.requestContext.http.method)) return undefined;
  const media = (event.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
  if (!dialect.media.test(media)) throw new Fault({ kind: "unsupported-media" });
  const json = parsed(bytes);
  return dialect.understand?.(json) ?? json;
}

function parsed(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (depthOf(text) <= deepest) return JSON.parse(text);
  } catch {
    // neither is what is not UTF-8, or not JSON
  }
  throw malformed("Malformed request body");
}

/** The path's parameters, where the ".json" at its end is none of the last one's. */
export function plainParameters({
  rawPath,
  pathParameters = {},
}: APIGatewayProxyEventV2): Readonly<Record<string, string | undefined>> {
  if (!rawPath.endsWith(".json")) return pathParameters;
  const plain = Object.entries(pathParameters).map(([name, value]) => [
    name,
    value?.replace(/\.json$/, ""),
  ]);
  return Object.fromEntries(plain);
}

/** How deep brackets nest, those in strings aside. */
function depthOf(text: string): number {
  let depth = 0;
  let deepestYet = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") deepestYet = Math.max(deepestYet, ++depth);
    else if (token === "]" || token === "}") depth--;
  }
  return deepestYet;
}

/**
 * `scheme://host[:port]` as the client sees it. A proxy in front may have named its scheme; API
 * Gateway says the same in `Forwarded`.
 */
export function originOf(
  { headers, requestContext }: APIGatewayProxyEventV2,
  settings: Settings,
): string {
  const forwarded =
    headers["x-forwarded-proto"] ?? /proto=(\w+)/i.exec(headers["forwarded"] ?? "")?.[1];
  const scheme = forwarded === "http" || forwarded === "https" ? forwarded : settings.scheme;
  const { host = "" } = headers;
  const shown = `${scheme}://${host}`;
  // what looks like a host may be none: 256.0.0.1
  return /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host) && URL.canParse(shown)
    ? shown
    : `${scheme}://${requestContext.domainName}`;
}
