import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClientConfig,
  ResourceInUseException,
} from "@aws-sdk/client-dynamodb";
import { tableDefinition } from "../../lambdas/database/schema.ts";
import { openTable, type Table } from "../../lambdas/database/table.ts";
import { openBackend } from "../../lambdas/deployed/backend.ts";
import { readConsoleSettings } from "../../lambdas/http/console-bases.ts";
import { readConsoleOptions } from "../../lambdas/http/console-options.ts";
import { pageFilesIn } from "../../lambdas/http/console-page-files.ts";
import type { Environment } from "../../lambdas/http/environment.ts";
import { authenticate } from "../../lambdas/identity/authentication/authenticate.ts";
import { dialectOf } from "../../lambdas/services.ts";
import { buildPagesIfChanged } from "../pages/build.ts";
import { addLocalAccounts } from "./accounts.ts";
import { localTokens } from "./local-tokens.ts";

/** Opens the named table of an engine; creates it where missing. */
export async function openLocalTable(
  endpoint: string,
  name: string,
  config: DynamoDBClientConfig = {},
): Promise<Table> {
  const table = openTable(name, {
    endpoint,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    ...config,
  });
  try {
    await table.db.send(new CreateTableCommand(tableDefinition(name)));
  } catch (cause) {
    if (!(cause instanceof ResourceInUseException)) throw cause;
  }
  for (let status: string | undefined; status !== "ACTIVE"; ) {
    const { Table: found } = await table.db.send(new DescribeTableCommand({ TableName: name }));
    status = found?.TableStatus;
  }
  return table;
}

/** The environment of local functions, with the local accounts. */
export async function localEnvironment(
  table: Table,
  {
    now = Date.now,
    directory,
    onNotRouted,
  }: Pick<Partial<Environment>, "now" | "onNotRouted"> & { readonly directory?: string } = {},
): Promise<Environment> {
  const backend = openBackend(table);
  await addLocalAccounts(backend, now());
  return {
    backend: () => backend,
    dialectOf,
    authenticate,
    now,
    ...(onNotRouted && { onNotRouted: onNotRouted }),
    // an error that is no refusal is a bug, and is the only thing to print
    onResponse: ({ refusal, error }) => {
      if (refusal === null && error) console.error(error);
    },
    tokens: localTokens(directory),
    // built for the first page: most clouds never open a console
    pages: pageFilesIn(buildPagesIfChanged),
    settings: {
      scheme: "http",
      region: "RegionOne",
      softDelete: process.env["SOFT_DELETE"] === "true",
      consoles: readConsoleSettings(process.env),
      ...readConsoleOptions(process.env, "websocket"),
    },
  };
}
