import { readFileSync } from "node:fs";
import { addServers } from "../../lambdas/compute/database/create-servers.ts";
import type { VmState } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { Table } from "../../lambdas/database/table.ts";
import { routes } from "../../lambdas/functions.ts";
import type { World } from "../../lambdas/http/environment.ts";
import type { Event, Handler, Result } from "../../lambdas/http/handler.ts";
import { localWorld } from "./cloud.ts";
import { functionsIn } from "./functions.ts";
import { contextOf } from "./gateway.ts";
import { differences } from "./likeness.ts";
import { restingServer } from "./resting.ts";
import { localToken } from "./token.ts";

/** One question of a document and its answer, as API Gateway puts them: a file under events/. */
export interface Exchange {
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
  readonly expect: Expected;
}

/** `{{uuid}}` in a string stands for what is new with each call. */
interface Expected {
  readonly statusCode: number;
  /** Those named must be there and alike; there may be others. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is the text to the byte, anything else JSON; where it is missing, so is the body. */
  readonly body?: unknown;
}

export interface Outcome {
  readonly reply: Result;
  /** A line each; none when all is as expected. */
  readonly differences: readonly string[];
}

export function readExchange(file: string): Exchange {
  const read: Partial<Exchange> = JSON.parse(readFileSync(file, "utf8"));
  for (const part of ["requirement", "source", "given", "as", "event", "expect"] as const)
    if (read[part] === undefined) throw new Error(`This is no exchange: it has no "${part}".`);
  return read as Exchange;
}

/** Who answers in place of the handlers here, and a token of an account that is good there. */
export interface Elsewhere {
  readonly handler: Handler;
  token(name: string): Promise<string>;
}

/** Gives the event to the handler it is for, in a world as the exchange would have it. */
export async function exchanged(
  exchange: Exchange,
  table: Table,
  elsewhere?: Elsewhere,
): Promise<Outcome> {
  const { given, as, event } = exchange;
  const now = event.requestContext.timeEpoch;
  const world = await localWorld(table, { now: () => now });
  const { handler, token: tokenOf } = elsewhere ?? {
    handler: handlerOf(event, world),
    token: (name: string) => localToken(world.tokens, name, now),
  };
  const servers = given.servers.map(({ rests, ...over }) =>
    restingServer(rests, now - 3_600_000, over),
  );
  if (servers.length > 0) await addServers(table, servers);

  const token = as === null ? "" : await tokenOf(as);
  const headers = Object.fromEntries(
    Object.entries(event.headers).map(([name, value]) => [
      name,
      value?.replaceAll("{{token}}", token),
    ]),
  );
  const reply = await handler({ ...event, headers }, contextOf(event));
  return { reply, differences: differences(exchange.expect, seen(reply, exchange.expect)) };
}

/** The very handler that API Gateway would call. */
function handlerOf({ routeKey }: Event, world: World): Handler {
  const route = routes.find(({ key }) => key === routeKey);
  if (!route && routeKey !== "$default") throw new Error(`There is no route ${routeKey}.`);
  return functionsIn(world)(route?.entry ?? null);
}

/** What of a reply the expectation speaks about, in its form. */
function seen({ statusCode = 200, headers = {}, body }: Result, expected: Expected): Expected {
  const named = Object.keys(expected.headers ?? {}).map((name) => [name, headers[name]]);
  return {
    statusCode,
    ...(expected.headers && { headers: Object.fromEntries(named) }),
    ...(body && { body: typeof expected.body === "string" ? body : parsed(body) }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
