import { readFileSync } from "node:fs";
import { insertServers } from "../../lambdas/compute/database/create-servers.ts";
import type { VmState } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { Table } from "../../lambdas/database/table.ts";
import { routes } from "../../lambdas/functions.ts";
import type { Environment } from "../../lambdas/http/environment.ts";
import type { Event, Handler, Result } from "../../lambdas/http/handler.ts";
import { localEnvironment } from "./cloud.ts";
import { lambdaContext } from "./gateway.ts";
import { localHandlers } from "./local-handlers.ts";
import { diff } from "./match-template.ts";
import { sampleServer } from "./sample-server.ts";
import { issueLocalToken } from "./token.ts";

/** A request of a document with its response, as API Gateway passes them: a file under events/. */
export interface RecordedExchange {
  /** The row of docs/requirements.md. */
  readonly requirement: string;
  readonly source: string;
  /** Each server was created an hour before the event. */
  readonly given: {
    readonly servers: readonly ({
      readonly id: string;
      readonly rests: VmState;
    } & Partial<Server>)[];
  };
  /** The account whose token replaces `{{token}}` in headers; null for none. */
  readonly as: string | null;
  readonly event: Event;
  readonly expect: ExpectedResponse;
}

/** `{{uuid}}` matches a new id. */
interface ExpectedResponse {
  readonly statusCode: number;
  /** Required headers; others may be present. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is the exact text, another value JSON; without it the body is empty. */
  readonly body?: unknown;
}

export interface ReplayResult {
  readonly reply: Result;
  /** One line per difference. */
  readonly differences: readonly string[];
}

export function readExchange(file: string): RecordedExchange {
  const parsed: Partial<RecordedExchange> = JSON.parse(readFileSync(file, "utf8"));
  for (const member of ["requirement", "source", "given", "as", "event", "expect"] as const)
    if (parsed[member] === undefined)
      throw new Error(`Invalid exchange file: missing member "${member}".`);
  return parsed as RecordedExchange;
}

/** Another handler, with a token of an account that is valid there. */
export interface ReplayTarget {
  readonly handler: Handler;
  issueToken(name: string): Promise<string>;
}

/** Passes the event to its handler, in an environment with the given servers. */
export async function replayExchange(
  exchange: RecordedExchange,
  table: Table,
  target?: ReplayTarget,
): Promise<ReplayResult> {
  const { given, as, event } = exchange;
  const now = event.requestContext.timeEpoch;
  const environment = await localEnvironment(table, { now: () => now });
  const { handler, issueToken } = target ?? {
    handler: findHandler(event, environment),
    issueToken: (name: string) => issueLocalToken(environment.tokens, name, now),
  };
  const servers = given.servers.map(({ rests, ...over }) =>
    sampleServer(rests, now - 3_600_000, over),
  );
  if (servers.length > 0) await insertServers(table, servers);

  const token = as === null ? "" : await issueToken(as);
  const headers = Object.fromEntries(
    Object.entries(event.headers).map(([name, value]) => [
      name,
      value?.replaceAll("{{token}}", token),
    ]),
  );
  const reply = await handler({ ...event, headers }, lambdaContext(event));
  return { reply, differences: diff(exchange.expect, toExpectedShape(reply, exchange.expect)) };
}

/** The handler that API Gateway would invoke. */
function findHandler({ routeKey }: Event, environment: Environment): Handler {
  const route = routes.find(({ key }) => key === routeKey);
  if (!route && routeKey !== "$default") throw new Error(`Unknown route "${routeKey}".`);
  return localHandlers(environment)(route?.entry ?? null);
}

/** The part of a response that the expectation names, in its form. */
function toExpectedShape(
  { statusCode = 200, headers = {}, body }: Result,
  expected: ExpectedResponse,
): ExpectedResponse {
  const named = Object.keys(expected.headers ?? {}).map((name) => [name, headers[name]]);
  return {
    statusCode,
    ...(expected.headers && { headers: Object.fromEntries(named) }),
    ...(body && { body: typeof expected.body === "string" ? body : parseJsonOrText(body) }),
  };
}

function parseJsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
