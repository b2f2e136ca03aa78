import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { get } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";

/** A DynamoDB engine on this machine. */
export interface Engine {
  readonly name: string;
  readonly endpoint: string;
  stop(): Promise<void>;
}

export type EngineName = "auto" | "dynoxide" | "dynalite" | "ddblocal";

/**
 * Opens the requested engine, or the first available: the one at DYNAMODB_ENDPOINT, dynoxide,
 * dynalite. Stores data in `directory`, or in memory without one.
 */
export async function openEngine({
  name = (process.env["DYNAMO_ENGINE"] ?? "auto") as EngineName,
  directory,
}: {
  readonly name?: EngineName;
  readonly directory?: string;
} = {}): Promise<Engine> {
  const endpoint = process.env["DYNAMODB_ENDPOINT"];
  if (endpoint) return { name: "given", endpoint: endpoint, stop: async () => {} };
  const dynoxide = dynoxideBinary();
  if (name === "dynoxide" || (name === "auto" && dynoxide)) {
    if (!dynoxide) throw new Error("dynoxide is not installed for this platform");
    return openDynoxide(dynoxide, directory);
  }
  if (name === "ddblocal") return openDynamoDbLocal(directory);
  return openDynalite(directory);
}

const require = createRequire(import.meta.url);

/** A 7 MB program that npm installs on supported platforms. */
function dynoxideBinary(): string | null {
  if (process.env["DYNOXIDE_BIN"]) return process.env["DYNOXIDE_BIN"];
  try {
    const home = require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    const binary = join(dirname(home), "dynoxide");
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

async function openDynoxide(binary: string, directory: string | undefined): Promise<Engine> {
  const port = await findFreePort();
  const stored = directory ? ["--db-path", join(directory, "novaless.db")] : [];
  const child = spawnChild(binary, [
    "serve",
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    ...stored,
  ]);
  return waitUntilReady("dynoxide", port, child);
}

/**
 * Amazon's DynamoDB local, for conformance tests: it needs Java, and its licence forbids
 * distribution.
 */
async function openDynamoDbLocal(directory: string | undefined): Promise<Engine> {
  const home = process.env["DYNAMODB_LOCAL_HOME"];
  if (!home)
    throw new Error(
      "DYNAMODB_LOCAL_HOME must name the folder with DynamoDBLocal.jar (see docs/engines.md)",
    );
  const port = await findFreePort();
  const stored = directory ? ["-dbPath", directory] : ["-inMemory"];
  const child = spawnChild("java", [
    `-Djava.library.path=${join(home, "DynamoDBLocal_lib")}`,
    "-jar",
    join(home, "DynamoDBLocal.jar"),
    ...["-disableTelemetry", "-sharedDb", "-port", String(port)],
    ...stored,
  ]);
  console.warn("DynamoDB Local listens on every address of this machine.");
  return waitUntilReady("ddblocal", port, child);
}

async function openDynalite(directory: string | undefined): Promise<Engine> {
  const { default: dynalite } = await import("dynalite");
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(directory && { path: join(directory, "dynalite") }),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    name: "dynalite",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * A child process that exits with this one, even after `kill -9`: its shell waits for a pipe to
 * close.
 */
function spawnChild(program: string, args: readonly string[]): ChildProcess {
  const script =
    'exec 3<&0; "$0" "$@" </dev/null & engine=$!; read -r _ <&3; kill "$engine"; wait "$engine"';
  return spawn("/bin/sh", ["-c", script, program, ...args], {
    stdio: ["pipe", "ignore", "ignore"],
  });
}

async function waitUntilReady(name: string, port: number, child: ChildProcess): Promise<Engine> {
  const endpoint = `http://127.0.0.1:${port}`;
  for (let left = 5_000; !(await isResponding(endpoint)); left--) {
    if (left === 0 || child.exitCode !== null) throw new Error(`${name} did not start`);
    await new Promise((done) => setTimeout(done, 3));
  }
  return {
    name,
    endpoint,
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.stdin?.end();
      await ended;
    },
  };
}

const isResponding = (endpoint: string) =>
  new Promise<boolean>((done) => {
    get(endpoint, (response) => {
      response.resume();
      done(true);
    }).on("error", () => done(false));
  });

/** Finds a free port. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
