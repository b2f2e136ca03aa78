/** A server of the benchmark, in a process of its own: `ours`, or the `floor` beneath it. */
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
import { localTable, localWorld } from "../../infra/local/cloud.ts";
import { gateway } from "../../infra/local/gateway.ts";
import type { Table } from "../../lambdas/database/table.ts";
import { bytesOf, cases } from "./cases.ts";
import { load } from "./load.ts";

const [kind, endpoint = "", tableName = "", directory = "", caseName = ""] = process.argv.slice(2);
const table = await localTable(endpoint, tableName);
// before anything is asked: a client that caches its middleware takes no more of it later
const recorder = kind === "floor" ? recorded(table) : null;
const world = await localWorld(table, { directory });
const ours = gateway(world);

const server = recorder ? await floor(ours, table, recorder) : ours;
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

function recorded({ db, documents }: Table): Recorder {
  const recorder: Recorder = { recording: false, seen: [] };
  for (const client of [db, documents])
    client.middlewareStack.add(
      (next, context) => (args) => {
        const name = context["commandName"] ?? "";
        if (recorder.recording)
          recorder.seen.push({
            document: client === documents,
            name,
            input: structuredClone(args.input) as Record<string, unknown>,
          });
        return next(args);
      },
      { step: "initialize" },
    );
  return recorder;
}

/** Makes the very DynamoDB calls that ours made for such a request, with the same client; no more. */
async function floor(model: Server, { db, documents }: Table, recorder: Recorder): Promise<Server> {
  const { seen } = recorder;
  const one = cases.find(({ name }) => name === caseName);
  const { id = "", token = "" } = JSON.parse(process.env["SAMPLE"] ?? "{}");
  if (!one) throw new Error(`no case ${caseName}`);
  model.listen(0, "127.0.0.1");
  await once(model, "listening");
  const { port } = model.address() as AddressInfo;
  const ask = () =>
    load({ port, connections: 1, requests: 1, request: () => bytesOf(one, id, token) });
  if (!one.spends)
    await ask(); // the list of revoked tokens is read by the first
  else
    await load({
      port,
      connections: 1,
      requests: 1,
      request: () => bytesOf(cases[0] ?? one, id, token),
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
        one.spends && about && key
          ? { ...input, Key: { ...key, sk: { S: `SERVER#${about}` } } }
          : input;
      await send(name, document, own);
    }
    response.writeHead(200, { "content-type": "application/json", "content-length": 2 }).end("{}");
  });

  function send(name: string, document: boolean, input: object): Promise<unknown> {
    const as = <Input>() => input as Input;
    if (document && name.startsWith("Get")) return documents.send(new GetCommand(as()));
    if (document) return documents.send(new DocumentQueryCommand(as()));
    if (name === "GetItemCommand") return db.send(new GetItemCommand(as()));
    if (name === "PutItemCommand") return db.send(new PutItemCommand(as()));
    if (name === "QueryCommand") return db.send(new QueryCommand(as()));
    return db.send(new UpdateItemCommand(as()));
  }
}
