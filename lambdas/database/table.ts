import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Fault } from "../core/fault.ts";

/** The table, by two clients on one set of settings. */
export interface Table {
  readonly name: string;
  /** For hot paths: it caches its middleware, which the document client cannot. */
  readonly db: DynamoDBClient;
  readonly documentClient: DynamoDBDocumentClient;
}

/**
 * What every client here is made with. The logger without `info` matters: the default one makes the
 * SDK deep-copy each input and output. Three tries of two seconds stay inside a function's ten.
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
    // few ask for it, and to make one takes a cold start some milliseconds
    get documentClient() {
      documentClient ??= DynamoDBDocumentClient.from(
        new DynamoDBClient({ ...clientSettings, ...overrides }),
        {
          marshallOptions: { removeUndefinedValues: true },
        },
      );
      return documentClient;
    },
  };
}

/**
 * What the engine answers, or the `unavailable` refusal where it is throttling, slow or gone.
 * Errors that say the request was wrong pass through: they are decisions, or bugs.
 */
export async function orUnavailable<Answer>(request: Promise<Answer>): Promise<Answer> {
  try {
    return await request;
  } catch (cause) {
    if (isOutage(cause)) throw new Fault({ kind: "unavailable" }, { cause });
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
