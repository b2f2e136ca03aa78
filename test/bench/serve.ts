import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { QueryCommand as DocumentQueryCommand, GetCommand } from "@aws-sdk/lib-dynamodb";
import { localEnvironment, openLocalTable } from "../../infra/local/cloud.ts";
import { createGateway } from "../../infra/local/gateway.ts";
import type { Table } from "../../lambdas/database/table.ts";
import { benchCases, requestBytes } from "./cases.ts";
import { measureLoad } from "./load.ts";

const [kind, endpoint = "", tableName = "", directory = "", caseName = ""] = process.argv.slice(2);
const table = await openLocalTable(endpoint, tableName);
// Before the first request, because a client caches its middleware.
const recorder = kind === "floor" ? recordInputs(table) : null;
const environment = await localEnvironment(table, { directory });
const gatewayServer = createGateway(environment);

const server = recorder ? await startFloor(gatewayServer, table, recorder) : gatewayServer;
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.send?.({ port: (server.address() as AddressInfo).port });

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({
    cpu: user + system,
    memory: process.memoryUsage.rss(),
    all: process.memoryUsage(),
  });
});
process.on("disconnect", () => process.exit(0));

interface Recorder {
  recording: boolean;
  readonly seen: { document: boolean; name: string; input: Record<string, unknown> }[];
}

function recordInputs({ db, documentClient }: Table): Recorder {
  const recorder: Recorder = { recording: false, seen: [] };
  for (const client of [db, documentClient])
    client.middlewareStack.add(
      (next, context) => (args) => {
        const name = context["commandName"] ?? "";
        if (recorder.recording)
          recorder.seen.push({
            document: client === documentClient,
            name,
            input: structuredClone(args.input) as Record<string, unknown>,
          });
        return next(args);
      },
      { step: "initialize" },
    );
  return recorder;
}

/** Makes the DynamoDB calls of ours, with the same client. */
async function startFloor(
  model: Server,
  { db, documentClient }: Table,
  recorder: Recorder,
): Promise<Server> {
  const { seen } = recorder;
  const one = benchCases.find(({ name }) => name === caseName);
  const { id = "", token = "" } = JSON.parse(process.env["SAMPLE"] ?? "{}");
  if (!one) throw new Error(`no case ${caseName}`);
  model.listen(0, "127.0.0.1");
  await once(model, "listening");
  const { port } = model.address() as AddressInfo;
  const ask = () =>
    measureLoad({ port, connections: 1, requests: 1, request: () => requestBytes(one, id, token) });
  if (!one.usesOwnServers)
    await ask(); // The first one reads the list of revoked tokens.
  else
    await measureLoad({
      port,
      connections: 1,
      requests: 1,
      request: () => requestBytes(benchCases[0] ?? one, id, token),
    });
  recorder.recording = true;
  await ask();
  recorder.recording = false;
  model.close();
  if (seen.length === 0) throw new Error("nothing was asked");

  return createServer(async (request, response) => {
    request.resume();
    const about = /servers\/([^/?]+)\/action/.exec(request.url ?? "")?.[1];
    for (const { document, name, input } of seen) {
      const key = input["Key"] as { sk: { S: string } } | undefined;
      const own =
        one.usesOwnServers && about && key
          ? { ...input, Key: { ...key, sk: { S: `SERVER#${about}` } } }
          : input;
      await send(name, document, own);
    }
    response.writeHead(200, { "content-type": "application/json", "content-length": 2 }).end("{}");
  });

  function send(name: string, document: boolean, input: object): Promise<unknown> {
    const as = <Input>() => input as Input;
    if (document && name.startsWith("Get")) return documentClient.send(new GetCommand(as()));
    if (document) return documentClient.send(new DocumentQueryCommand(as()));
    if (name === "GetItemCommand") return db.send(new GetItemCommand(as()));
    if (name === "PutItemCommand") return db.send(new PutItemCommand(as()));
    if (name === "QueryCommand") return db.send(new QueryCommand(as()));
    return db.send(new UpdateItemCommand(as()));
  }
}
