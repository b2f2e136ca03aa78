import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import {
  type MeasuredUsage,
  measuredUsage,
  storedKbPerServer,
} from "../../infra/costs/measured-usage.ts";
import { createPathRouter } from "../../lambdas/http/router.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { type CallOptions, startCloud } from "../support/cloud.ts";
import { readItems } from "../support/items.ts";
import { startMeteredEngine } from "../support/metered-engine.ts";
import { servedRoutes } from "../support/register.ts";
import { seedServer, settledServer } from "../support/servers.ts";

const { match: matchRoute } = createPathRouter(servedRoutes);

const loginBody = {
  auth: {
    identity: {
      methods: ["password"],
      password: { user: { name: "demo", domain: { id: "default" }, password: "demo" } },
    },
    scope: { project: { name: "demo", domain: { id: "default" } } },
  },
};
const serverBody = { server: { name: "web-1", imageRef: seedImages[0]?.id, flavorRef: "1" } };
const handshakeBytes = ["RFB 003.008\n", "\x01", "\x01"].join("");
const keyBytes = String.fromCharCode(4, 1, 0, 0, 0, 0, 0, 0x61, 4, 0, 0, 0, 0, 0, 0, 0x61);

/** All counted requests, ordered so that each finds its resources. */
async function measureUsage(): Promise<Record<string, MeasuredUsage>> {
  const { endpoint, taken } = await startMeteredEngine();
  const { call, pass, table, token } = await startCloud({}, { endpoint });
  const found: Record<string, MeasuredUsage> = {};
  const viewer = randomUUID();

  async function ask(what: string, method: string, path: string, options: CallOptions = {}) {
    pass(1_000);
    // The first caller reads the list of revoked tokens; then it is cached.
    await call("HEAD", "/identity/v3/auth/tokens", {
      headers: { "x-subject-token": await token() },
    });
    taken();
    const reply = await call(method, path, options);
    expect([what, reply.status < 400]).toEqual([what, true]);
    const { operations = [] } = matchRoute(method, path.split("?")[0] ?? "")?.route ?? {};
    const named = ({ action }: { action?: string }) =>
      action === undefined || action in Object(options.body);
    found[what] = {
      operation: operations.find(named)?.id ?? "",
      ...taken(),
      responseKb: Math.round(reply.text.length / 100) / 10,
    };
    return reply;
  }

  await ask("versions", "GET", "/", { as: null });
  await ask("issue a token", "POST", "/identity/v3/auth/tokens", { as: null, body: loginBody });
  const subject = { headers: { "x-subject-token": await token() } };
  await ask("validate a token", "GET", "/identity/v3/auth/tokens", subject);
  await ask("revoke a token", "DELETE", "/identity/v3/auth/tokens", subject);
  await ask("list flavors", "GET", "/v2.1/flavors/detail");
  await ask("show a flavor", "GET", "/v2.1/flavors/1");
  await ask("list images", "GET", "/image/v2/images");
  await ask("show an image", "GET", `/image/v2/images/${seedImages[0]?.id}`);
  await ask("list networks", "GET", "/network/v2.0/networks");
  await ask("create a keypair", "POST", "/v2.1/os-keypairs", { body: { keypair: { name: "k" } } });
  await ask("list keypairs", "GET", "/v2.1/os-keypairs");
  await ask("delete a keypair", "DELETE", "/v2.1/os-keypairs/k");

  for (let made = 0; made < 100; made++) await seedServer(table, settledServer("active"));
  await ask("list 100 servers", "GET", "/v2.1/servers?limit=100");
  await ask("list 100 servers with details", "GET", "/v2.1/servers/detail?limit=100");
  // The first one of a project costs more.
  const other = (await call("POST", "/v2.1/servers", { body: serverBody })).json.server;
  const before = bytesOf(await readItems(table));
  const created = await ask("create a server", "POST", "/v2.1/servers", { body: serverBody });
  const at = `/v2.1/servers/${created.json.server.id}`;
  expect((bytesOf(await readItems(table)) - before) / 1_000).toBeCloseTo(storedKbPerServer, 0);
  pass(1_000);
  const act = (what: string, body: object) => ask(what, "POST", `${at}/action`, { body });
  await ask("show a server", "GET", at);
  await act("stop a server", { "os-stop": null });
  await act("start a server", { "os-start": null });
  await act("reboot a server", { reboot: { type: "SOFT" } });
  await ask("rename a server", "PUT", at, { body: { server: { name: "web-2" } } });
  const role = { metadata: { role: "web" } };
  await ask("set metadata", "POST", `${at}/metadata`, { body: role });
  await ask("list metadata", "GET", `${at}/metadata`);
  await ask("list actions", "GET", `${at}/os-instance-actions`);
  await ask("list ports", "GET", "/network/v2.0/ports");
  await act("console output", { "os-getConsoleOutput": { length: 10 } });
  const { url } = (await act("get a console", { "os-getVNCConsole": { type: "xvpvnc" } })).json
    .console;
  const { searchParams, pathname, search } = new URL(url);
  await ask("open a console's page", "GET", pathname + search, { as: null });
  await exchanges(searchParams.get("token") ?? "");
  for (let done = 0; done < 56; done++) {
    pass(1_000);
    const body = done % 2 ? { "os-start": null } : { "os-stop": null };
    expect((await call("POST", `${at}/action`, { body })).status).toBe(202);
  }
  await ask("show a server, after 60 actions", "GET", at);
  await act("stop a server, archiving its log", { "os-stop": null });
  pass(1_000);
  await call("POST", `${at}/action`, { body: { "os-start": null } });
  await act("stop a server, after 60 actions", { "os-stop": null });
  await ask("delete a server", "DELETE", `/v2.1/servers/${other.id}`);
  return found;

  async function exchanges(token: string) {
    let credential = token;
    let seen = "0";
    const exchange = async (what: string, number: number, body: string) => {
      const { headers } = await ask(what, "POST", "/console/exchange", {
        as: null,
        body,
        headers: {
          "content-type": "application/octet-stream",
          authorization: `Bearer ${credential}`,
          "x-console-viewer": viewer,
          "x-console-message": String(number),
          "x-console-seen": seen,
        },
      });
      credential = headers.get("x-console-session") ?? credential;
      seen = headers.get("x-console-seen") ?? seen;
    };
    await exchange("begin to exchange with a console", 1, "");
    await exchange("shake hands", 2, handshakeBytes);
    delete found["shake hands"];
    await exchange("a key in a console", 3, keyBytes);
    await exchange("a look at a console", 0, "");
  }
}

/** DynamoDB's item size: names, values, and 100 bytes per item. */
function bytesOf(items: Awaited<ReturnType<typeof readItems>>): number {
  return items
    .map((item) =>
      Object.entries(item).reduce((sum, [name, value]) => {
        const text = Object.values(value).map((one) =>
          typeof one === "string" ? one : JSON.stringify(one),
        );
        return sum + name.length + text.join("").length;
      }, 100),
    )
    .reduce((sum, one) => sum + one, 0);
}

test("the capacity units of each request are those in the cost model", async () => {
  expect(await measureUsage()).toEqual(measuredUsage);
}, 60_000);
