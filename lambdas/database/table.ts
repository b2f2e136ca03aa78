import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Fault } from "../core/fault.ts";

/** The table with two clients on the same settings. */
export interface Table {
  readonly name: string;
  /** For hot paths: this client caches its middleware, which the document client cannot. */
  readonly db: DynamoDBClient;
  readonly documentClient: DynamoDBDocumentClient;
}

/**
 * Settings of both clients. The logger has no `info`, because with one the SDK deep-copies each
 * input and output. Three attempts of two seconds each fit in a function's ten seconds.
 */
const clientSettings: DynamoDBClientConfig = {
  maxAttempts: 3,
  logger: { trace() {}, debug() {}, warn() {}, error() {} } as never,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 2_000,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: 64 },
    httpsAgent: { keepAlive: true, maxSockets: 64 },
  },
};

export function openTable(name: string, overrides: DynamoDBClientConfig = {}): Table {
  const db = new DynamoDBClient({ ...clientSettings, cacheMiddleware: true, ...overrides });
  let documentClient: DynamoDBDocumentClient | undefined;
  return {
    name,
    db,
    // created on first use: few operations need it, and it adds milliseconds to a cold start
    get documentClient() {
      const { requestHandler, credentials, region } = db.config;
      // the same sockets: a second TLS handshake would cost more than the request
      const shared = { requestHandler, credentials, region };
      documentClient ??= DynamoDBDocumentClient.from(
        new DynamoDBClient({ ...clientSettings, ...overrides, ...shared }),
        { marshallOptions: { removeUndefinedValues: true } },
      );
      return documentClient;
    },
  };
}

/** Bytes: DynamoDB's limit of an item. */
const maxItemBytes = 409_600;

/**
 * Throws `unavailable` where DynamoDB throttles, times out or cannot be reached, and `too-large` for
 * an item over its limit. Other errors pass.
 */
export async function orFault<Answer>(request: Promise<Answer>): Promise<Answer> {
  try {
    return await request;
  } catch (cause) {
    if (isOutage(cause)) throw new Fault({ kind: "unavailable" }, { cause });
    if (isTooLarge(cause)) throw new Fault({ kind: "too-large", limit: maxItemBytes }, { cause });
    throw cause;
  }
}

const outageErrors = new Set([
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "RequestLimitExceeded",
  "LimitExceededException",
  "InternalServerError",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "TimeoutError",
  "AbortError",
]);

const isTooLarge = (cause: unknown): boolean =>
  cause instanceof Error &&
  cause.name === "ValidationException" &&
  cause.message.startsWith("Item size");

function isOutage(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const { name, code, $metadata, $fault } = cause as Error & {
    code?: string;
    $fault?: string;
    $metadata?: { httpStatusCode?: number };
  };
  return (
    outageErrors.has(name) ||
    /^(E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_)|ENOTFOUND)/.test(code ?? "") ||
    ($metadata?.httpStatusCode ?? ($fault === "server" ? 500 : 0)) >= 500
  );
}
