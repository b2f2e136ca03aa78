import { randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { DeleteTableCommand } from "@aws-sdk/client-dynamodb";
import { openLocalTable } from "./cloud.ts";
import { openEngine } from "./engine.ts";
import {
  type RecordedExchange,
  type ReplayResult,
  readExchange,
  replayExchange,
} from "./recorded-exchange.ts";

/** `npm run invoke -- events/start-server.json`: one exchange on an engine of its own. */
const [file] = process.argv.slice(2);
if (file === undefined || !existsSync(file)) {
  const all = existsSync("events") ? readdirSync("events").map((name) => `  events/${name}`) : [];
  console.error(
    `${file === undefined ? "Which exchange?" : `There is no file ${file}.`} These are here:\n${all.join("\n")}`,
  );
  process.exit(1);
}

try {
  const exchange = readExchange(file);
  const outcome = await invokeExchange(exchange);
  console.log(formatResult(exchange, outcome));
  process.exitCode = outcome.differences.length === 0 ? 0 : 1;
} catch (cause) {
  console.error(`${file}: ${cause instanceof Error ? cause.message : cause}`);
  process.exitCode = 1;
}

async function invokeExchange(exchange: RecordedExchange): Promise<ReplayResult> {
  const engine = await openEngine();
  try {
    const table = await openLocalTable(engine.endpoint, `invoke-${randomUUID()}`);
    const outcome = await replayExchange(exchange, table);
    await table.db.send(new DeleteTableCommand({ TableName: table.name }));
    table.db.destroy();
    table.documentClient.destroy();
    return outcome;
  } finally {
    await engine.stop();
  }
}

function formatResult(
  { requirement, source }: RecordedExchange,
  { reply, differences }: ReplayResult,
): string {
  const headers = Object.entries(reply.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return [
    `${requirement} (${source})`,
    "",
    `${reply.statusCode}`,
    ...headers,
    ...(reply.body ? ["", reply.body] : []),
    "",
    ...(differences.length === 0
      ? ["As expected."]
      : ["Not as expected:", ...differences.map((line) => `  ${line}`)]),
  ].join("\n");
}
