import { readFileSync } from "node:fs";
import { insertServers } from "../../lambdas/compute/database/create-servers.ts";
import type { VmState } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { Table } from "../../lambdas/database/table.ts";
import { routes } from "../../lambdas/functions.ts";
import type { Environment } from "../../lambdas/http/environment.ts";
import type { Event, Handler, Result } from "../../lambdas/http/handler.ts";
import { localEnvironment } from "./cloud.ts";
import { localHandlers } from "./functions.ts";
import { lambdaContext } from "./gateway.ts";
import { diff } from "./likeness.ts";
import { sampleServer } from "./resting.ts";
import { issueLocalToken } from "./token.ts";

/** One question of a document and its answer, as API Gateway puts them: a file under events/. */
export interface RecordedExchange {
  /** The row of docs/requirements.md that it shows. */
  readonly requirement: string;
  readonly source: string;
  /** Each server was created an hour before the event. */
  readonly given: {
    readonly servers: readonly ({
      readonly id: string;
      readonly rests: VmState;
    } & Partial<Server>)[];
  };
  /** Whose token stands for `{{token}}` in the headers; null where none does. */
  readonly as: string | null;
  readonly event: Event;
  readonly expect: ExpectedResponse;
}

/** `{{uuid}}` in a string stands for what is new with each call. */
interface ExpectedResponse {
  readonly statusCode: number;
  /** Those named must be there and alike; there may be others. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is the text to the byte, anything else JSON; where it is missing, so is the body. */
  readonly body?: unknown;
}

export interface ReplayResult {
  readonly reply: Result;
  /** A line each; none when all is as expected. */
  readonly differences: readonly string[];
}

export function readExchange(file: string): RecordedExchange {
  const parsed: Partial<RecordedExchange> = JSON.parse(readFileSync(file, "utf8"));
  for (const member of ["requirement", "source", "given", "as", "event", "expect"] as const)
    if (parsed[member] === undefined)
      throw new Error(`This is no exchange: it has no "${member}".`);
  return parsed as RecordedExchange;
}

/** Who answers in place of the handlers here, and a token of an account that is good there. */
export interface ReplayTarget {
  readonly handler: Handler;
  issueToken(name: string): Promise<string>;
}

/** Gives the event to the handler it is for, in a world as the exchange would have it. */
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

/** The very handler that API Gateway would call. */
function findHandler({ routeKey }: Event, environment: Environment): Handler {
  const route = routes.find(({ key }) => key === routeKey);
  if (!route && routeKey !== "$default") throw new Error(`There is no route ${routeKey}.`);
  return localHandlers(environment)(route?.entry ?? null);
}

/** What of a reply the expectation speaks about, in its form. */
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
