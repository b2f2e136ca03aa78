import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { inject, onTestFinished } from "vitest";
import { localEnvironment, openLocalTable } from "../../infra/local/cloud.ts";
import { createGateway } from "../../infra/local/gateway.ts";
import type { HandlerFor } from "../../infra/local/local-handlers.ts";
import { issueLocalToken } from "../../infra/local/token.ts";
import type { Table } from "../../lambdas/database/table.ts";
import type { Environment } from "../../lambdas/http/environment.ts";
import { novaDifferences } from "./conformance.ts";

/** The clock of every cloud starts here. */
export const startTime = Date.UTC(2026, 0, 15, 12);

export async function openTestTable(
  endpoint: string = inject("endpoint"),
  config: DynamoDBClientConfig = {},
): Promise<Table> {
  const table = await openLocalTable(endpoint, `test-${randomUUID()}`, config);
  onTestFinished(() => {
    table.db.destroy();
    table.documentClient.destroy();
  });
  return table;
}

export function recordCommands({ db, documentClient }: Table): string[] {
  const commands: string[] = [];
  for (const client of [db, documentClient])
    client.middlewareStack.add(
      (next, context) => (args) => {
        commands.push((context["commandName"] ?? "").replace(/Command$/, ""));
        return next(args);
      },
      { step: "initialize", name: "recorded", override: true },
    );
  return commands;
}

export interface CallOptions {
  /** The account of the token; null for none, `demo` by default. */
  readonly as?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Strings and bytes are sent as they are, other values as JSON. */
  readonly body?: unknown;
}

export interface TestResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of an answer it then asserts
  readonly json: any;
}

interface CloudOptions {
  readonly endpoint?: string;
  readonly client?: DynamoDBClientConfig;
  /** Replaces the handlers, for the table of that name. */
  readonly handlersFor?: (table: string) => HandlerFor;
}

/** A cloud on its own port, with a clock that only the test moves. */
export async function startCloud(
  overrides: Partial<Environment> = {},
  { endpoint, client, handlersFor }: CloudOptions = {},
) {
  const table = await openTestTable(endpoint, client);
  const commands = recordCommands(table);
  let now = startTime;
  const unroutedRequests: string[] = [];
  const environment: Environment = {
    ...(await localEnvironment(table, {
      now: () => now,
      onNotRouted: (request) => void unroutedRequests.push(request),
    })),
    ...overrides,
  };
  const server = createGateway(environment, handlersFor?.(table.name)).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
  });
  commands.length = 0;
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const token = (name = "demo"): Promise<string> => issueLocalToken(environment.tokens, name, now);

  async function call(
    method: string,
    path: string,
    options: CallOptions = {},
  ): Promise<TestResponse> {
    const { as = "demo", headers = {}, body } = options;
    const isRaw = typeof body === "string" || body instanceof Uint8Array;
    const response = await fetch(origin + path, {
      method,
      headers: {
        connection: "close",
        ...(as !== null && { "x-auth-token": await token(as) }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      redirect: "manual",
      ...(body !== undefined && { body: isRaw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const version = response.headers.get("x-openstack-nova-api-version");
    const { status } = response;
    const complaints = novaDifferences(method, path, body, { status, version, text });
    if (complaints.length > 0)
      throw new Error(`${method} ${path} at ${version} is unlike Nova: ${complaints.join("; ")}`);
    return {
      status: response.status,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text);
      },
    };
  }

  return {
    at: origin,
    environment: environment,
    table,
    /** DynamoDB commands so far; empty it to count anew. */
    commands,
    unserved: unroutedRequests,
    call,
    token,
    servers: environment.backend().servers,
    now: () => now,
    /** Advances the clock, in milliseconds. */
    pass(milliseconds: number) {
      now += milliseconds;
    },
  };
}

export type TestCloud = Awaited<ReturnType<typeof startCloud>>;
