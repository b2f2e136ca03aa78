import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll } from "vitest";
import { type Engine, openEngine } from "../../infra/local/engine.ts";
import type { ConsoleType } from "../../lambdas/compute/model/console-grant.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { Environment } from "../../lambdas/http/environment.ts";
import { startCloud } from "./cloud.ts";
import { seedServer, settledServer } from "./servers.ts";

export function useOwnEngine(): () => string {
  let engine: Engine | undefined;
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine?.stop());
  return () => engine?.endpoint ?? "";
}

export async function startConsoleCloud(
  endpoint: string,
  overrides: Partial<Environment> = {},
  client: DynamoDBClientConfig = {},
) {
  const cloud = await startCloud(overrides, { endpoint, client });
  const act = async (body: unknown, id = server.id) =>
    (await cloud.call("POST", `/v2.1/servers/${id}/action`, { body })).status;

  const actions = { vnc: "os-getVNCConsole", serial: "os-getSerialConsole" } as const;
  async function openConsoleUrl(type: ConsoleType = "novnc", id = server.id): Promise<string> {
    const action = actions[type === "serial" ? "serial" : "vnc"];
    const { json } = await cloud.call("POST", `/v2.1/servers/${id}/action`, {
      body: { [action]: { type } },
    });
    return json.console.url;
  }

  const addServer = (overrides: Partial<Server> = {}) =>
    seedServer(cloud.table, settledServer("active", overrides));
  const server = await addServer();
  return { ...cloud, server, act, url: openConsoleUrl, another: addServer };
}
