import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { clientVariables } from "../../infra/local/client-exports.ts";
import type { EnvironmentVariables } from "../../infra/local/cloud-login.ts";
import { startConsoleCloud, useOwnEngine } from "../support/console-cloud.ts";
import { connectOverSocket, openSocket } from "../support/rfb-client.ts";
import { root } from "../support/start-process.ts";

const endpoint = useOwnEngine();

describe("npm run console", () => {
  const script = join(root, "infra/local/console.ts");
  const run = async (env: EnvironmentVariables, ...args: string[]) => {
    try {
      return (await promisify(execFile)(process.execPath, [script, ...args], { env })).stdout;
    } catch (cause) {
      return (cause as { stderr: string }).stderr.trim();
    }
  };

  test("prints how to connect, uses the next free port, and ends by Ctrl-C", async () => {
    const { at, server } = await startConsoleCloud(endpoint());
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const child = spawn(process.execPath, [script, server.id, "--vnc", String(port)], {
      env: clientVariables(at),
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    let [out, complained] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      complained += chunk;
    });
    await vi.waitFor(() => expect(out.split("\n")).toHaveLength(3), { timeout: 10_000 });
    const [, opened] = /^vncviewer 127\.0\.0\.1::(\d+)$/m.exec(out) ?? [];
    expect(Number(opened)).toBeGreaterThan(port);
    expect(complained).toBe(`Port ${port} is taken.\n`);
    const page = out.split("\n")[1] ?? "";
    expect(page).toMatch(new RegExp(`^${at}/console/vnc_auto.html\\?path=%3Ftoken%3D`));
    expect((await fetch(page.replace("/vnc_auto.html", ""))).status).toBe(200);
    await connectOverSocket(openSocket(`http://127.0.0.1:${opened}`)).sees("login:");

    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("saves the screen as text and picture, and opens no port then", async () => {
    const { at, server } = await startConsoleCloud(endpoint());
    const env = clientVariables(at);
    const text = await run(env, server.id, "--text", "-");
    expect(text).toContain("web-1 login:");
    const folder = mkdtempSync(join(tmpdir(), "novaless-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [txt, png] = [join(folder, "screen.txt"), join(folder, "screen.png")];
    expect(await run(env, server.id, "--text", txt, "--png", png)).toBe("");
    expect(readFileSync(txt, "utf8")).toBe(text);
    expect(readFileSync(png).subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  });

  test("prints errors in one line", async () => {
    const { at, another, server, token } = await startConsoleCloud(endpoint());
    const env = clientVariables(at);
    const { id } = await another({ name: server.name });
    const { OS_AUTH_URL, OS_PASSWORD, ...others } = env;
    expect(await run(env)).toContain("npm run console -- SERVER");
    expect(await run(env, "web-1", "--vnc", "x")).toContain("npm run console -- SERVER");
    expect(await run({ ...others }, "web-1")).toContain("OS_AUTH_URL is not set.");
    expect(await run({ ...others, OS_AUTH_URL }, "web-1")).toContain("OS_PASSWORD is not set.");
    expect(await run({ ...env, OS_PASSWORD: "wrong" }, "web-1")).toMatch(/\(HTTP 401\)$/);
    expect(await run({ ...env, OS_REGION_NAME: "Mars" }, "web-1")).toBe(
      "The catalog has no compute service in Mars.",
    );
    expect(await run(env, "nobody")).toBe(`No server has the id or name "nobody".`);
    const ambiguous = await run(env, "web-1");
    expect(ambiguous).toMatch(/^There are 2 servers web-1\. Say which:\n/);
    expect(ambiguous).toContain(server.id);
    expect(ambiguous).toContain(id);
    expect(await run({ ...env, OS_AUTH_URL: "http://127.0.0.1:9099/v3" }, "x")).toContain(
      "No response from http://127.0.0.1:9099",
    );
    const reader = clientVariables(at, "reader");
    expect(await run(reader, server.id)).toMatch(/os-remote-consoles.*\(HTTP 403\)$/);
    const withToken = { OS_AUTH_URL, OS_TOKEN: await token() };
    expect(await run(withToken, "nobody")).toBe(`No server has the id or name "nobody".`);
  });
});
