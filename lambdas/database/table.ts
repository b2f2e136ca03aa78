import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Fault } from "../core/fault.ts";

/** The table, by two clients on one set of settings. */
export interface Table {
  readonly name: string;
  /** For hot paths: it caches its middleware, which the document client cannot. */
  readonly db: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
}

/**
 * What every client here is made with. The logger without `info` matters: the default one makes the
 * SDK deep-copy each input and output. Three tries of two seconds stay inside a function's ten.
 */
const settings: DynamoDBClientConfig = {
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

export function openTable(name: string, over: DynamoDBClientConfig = {}): Table {
  const db = new DynamoDBClient({ ...settings, cacheMiddleware: true, ...over });
  let documents: DynamoDBDocumentClient | undefined;
  return {
    name,
    db,
    // few ask for it, and to make one takes a cold start some milliseconds
    get documents() {
      documents ??= DynamoDBDocumentClient.from(new DynamoDBClient({ ...settings, ...over }), {
        marshallOptions: { removeUndefinedValues: true },
      });
      return documents;
    },
  };
}

/**
 * What the engine answers, or the `unavailable` refusal where it is throttling, slow or gone.
 * Errors that say the request was wrong pass through: they are decisions, or bugs.
 */
export async function reaching<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (cause) {
    if (isOutage(cause)) throw new Fault({ kind: "unavailable" }, { cause });
    throw cause;
  }
}

const outages = new Set([
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

function isOutage(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const { name, code, $metadata, $fault } = cause as Error & {
    code?: string;
    $fault?: string;
    $metadata?: { httpStatusCode?: number };
  };
  return (
    outages.has(name) ||
    /^(E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_)|ENOTFOUND)/.test(code ?? "") ||
    ($metadata?.httpStatusCode ?? ($fault === "server" ? 500 : 0)) >= 500
  );
}
