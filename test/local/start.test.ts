import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { requestedEngines } from "../support/engines.ts";
import { root, startCloudProcess } from "../support/start-process.ts";

const execFileAsync = promisify(execFile);

const basicHeaders = {
  authorization: `Basic ${btoa("demo:demo")}`,
  "content-type": "application/json",
};

async function createServerAt(origin: string, name: string): Promise<string> {
  const reply = await fetch(`${origin}/servers`, {
    method: "POST",
    headers: basicHeaders,
    body: JSON.stringify({
      server: { name, imageRef: "70a599e0-31e7-49b7-b260-868f441e862b", flavorRef: "1" },
    }),
  });
  expect(reply.status).toBe(202);
  const { server } = (await reply.json()) as { server: { id: string } };
  return server.id;
}

describe("npm start", () => {
  test("prints that it is ready, its address, and a working curl command", async () => {
    const { origin, output } = await startCloudProcess();
    expect(output).toMatch(new RegExp(`^Novaless ready on ${origin}`));
    expect(output).toContain(`export OS_AUTH_URL=${origin}/identity/v3`);
    const [curl = ""] = /^curl .*$/m.exec(output) ?? [];
    const { stdout } = await execFileAsync("bash", ["-c", curl]);
    expect(JSON.parse(stdout)).toEqual({ servers: [] });
  });

  test("npm run -s env prints the same exports", async () => {
    const { stdout } = await execFileAsync(process.execPath, [join(root, "infra/local/env.ts")], {
      env: { ...process.env, PORT: "18999" },
    });
    expect(stdout).toContain("export OS_AUTH_URL=http://127.0.0.1:18999/identity/v3");
    expect(stdout).toContain("export OS_USERNAME=demo");
  });

  test("npm run -s env -- NAME prints those of another account, and lists the accounts", async () => {
    const script = join(root, "infra/local/env.ts");
    const { stdout } = await execFileAsync(process.execPath, [script, "reader"]);
    expect(stdout).toMatch(/export OS_USERNAME=reader\n(.*\n)*export OS_PROJECT_NAME=demo/);
    await expect(execFileAsync(process.execPath, [script, "root"])).rejects.toMatchObject({
      code: 1,
      stderr: "There is no account root; there are admin, demo, alt_demo, reader.\n",
    });
  });

  test("listens on loopback only", async () => {
    const { child, output } = await startCloudProcess([], { HOST: "0.0.0.0" });
    expect(child.exitCode).toBe(1);
    expect(output).toContain("does not listen on 0.0.0.0");
  });

  test("names a port that is in use", async () => {
    const { origin } = await startCloudProcess();
    const { child, output } = await startCloudProcess([], { PORT: new URL(origin).port });
    expect(child.exitCode).toBe(1);
    expect(output).toContain("is taken");
  });
});

describe("npm start -- --data DIR", () => {
  for (const engine of requestedEngines().filter((name) => name !== "ddblocal"))
    test(`keeps every acknowledged write across kill -9 (${engine})`, async () => {
      const directory = mkdtempSync(join(tmpdir(), "novaless-"));
      onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
      const env = { DYNAMO_ENGINE: engine };
      const first = await startCloudProcess(["--data", directory], env);
      const { token } = await logInAt(first.origin);
      const id = await createServerAt(first.origin, "first");
      const acknowledged: string[] = [];
      let going = true;
      const renaming = (async () => {
        for (let number = 0; going; number++) {
          const name = `web-${number}`;
          const reply = await fetch(`${first.origin}/servers/${id}`, {
            method: "PUT",
            headers: basicHeaders,
            body: JSON.stringify({ server: { name } }),
          }).catch(() => null);
          if (reply?.status !== 204) return;
          acknowledged.push(name);
          if (number === 40) first.child.kill("SIGKILL");
        }
      })();
      await renaming;
      going = false;
      expect(acknowledged.length).toBeGreaterThanOrEqual(40);

      const second = await startCloudProcess(["--data", directory], env);
      const reply = await fetch(`${second.origin}/v2.1/servers/${id}`, {
        headers: { "x-auth-token": token },
      });
      const { server } = (await reply.json()) as { server: { name: string } };
      // The write in flight may be stored or not.
      const last = acknowledged.length - 1;
      expect([`web-${last}`, `web-${last + 1}`]).toContain(server.name);
    });

  test.runIf(process.platform === "linux")(
    "its engine ends with it, even after kill -9",
    async () => {
      const { child } = await startCloudProcess([], {
        DYNAMO_ENGINE: requestedEngines()[0] ?? "dynalite",
      });
      const shells = (
        await execFileAsync("ps", ["--ppid", String(child.pid), "-o", "pid="]).catch(() => ({
          stdout: "",
        }))
      ).stdout;
      child.kill("SIGKILL");
      await once(child, "exit");
      for (const shell of shells.trim().split(/\s+/).filter(Boolean))
        await waitForExit(Number(shell));
      expect(child.signalCode).toBe("SIGKILL");
    },
  );
});

async function waitForExit(pid: number): Promise<void> {
  for (let left = 200; left > 0; left--) {
    try {
      if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))) return;
    } catch {
      return;
    }
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`process ${pid} goes on`);
}

async function logInAt(origin: string): Promise<{ token: string }> {
  const reply = await fetch(`${origin}/identity/v3/auth/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { name: "demo", domain: { name: "Default" }, password: "demo" } },
        },
      },
    }),
  });
  return { token: reply.headers.get("x-subject-token") ?? "" };
}
