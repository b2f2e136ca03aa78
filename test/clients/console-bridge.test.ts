import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";
import { linesFromPixels } from "../support/screen-text.ts";
import { root } from "../support/start-process.ts";

const execFileAsync = promisify(execFile);

/** Neither has an option that prints its version and exits 0. */
const hasViewer = ["vncsnapshot", "djpeg"].every((command) => hasCommand("which", command));

test.runIf(hasViewer)(
  "vncsnapshot: through `npm run console` a console shows the text that the same command saves",
  async () => {
    const { origin, home } = await startWithClients();
    const folder = mkdtempSync(join(tmpdir(), "novaless-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const server = {
      name: "web-1",
      flavorRef: "1",
      imageRef: "70a599e0-31e7-49b7-b260-868f441e862b",
    };
    const headers = {
      authorization: `Basic ${btoa("demo:demo")}`,
      "content-type": "application/json",
    };
    const body = JSON.stringify({ server });
    expect((await fetch(`${origin}/servers`, { method: "POST", headers, body })).status).toBe(202);

    const command = ["run", "-s", "console", "--", "web-1"];
    const typed = (...args: string[]) =>
      execFileAsync("npm", [...command, ...args], { cwd: root, env: home });
    const isUp = async () => (await typed("--text", "-")).stdout;
    const text = await vi.waitFor(
      async () => {
        const seen = await isUp();
        expect(seen).toContain("web-1 login:");
        return seen;
      },
      { timeout: 30_000, interval: 500 },
    );
    await typed("--png", join(folder, "screen.png"));
    expect(readFileSync(join(folder, "screen.png")).subarray(1, 4).toString()).toBe("PNG");

    const bridge = spawn("npm", [...command, "--vnc", "5931"], {
      ...{ cwd: root, env: home, detached: true },
    });
    onTestFinished(() => void process.kill(-(bridge.pid ?? 0), "SIGKILL"));
    let output = "";
    bridge.stdout.on("data", (chunk) => {
      output += chunk;
    });
    await vi.waitFor(() => expect(output).toMatch(/^vncviewer 127\.0\.0\.1::\d+$/m), {
      timeout: 30_000,
    });
    const [, port] = /::(\d+)$/m.exec(output) ?? [];
    const jpeg = join(folder, "screen.jpg");
    await execFileAsync("vncsnapshot", [
      "-quiet",
      "-quality",
      "100",
      `127.0.0.1:${Number(port) - 5_900}`,
      jpeg,
    ]);
    const { stdout } = await execFileAsync("djpeg", ["-pnm", "-grayscale", jpeg], {
      ...{ encoding: "buffer", maxBuffer: 16 * 1024 * 1024 },
    });
    const [head = ""] =
      /^P5\s+640\s+384\s+255\s/.exec(stdout.subarray(0, 32).toString("latin1")) ?? [];
    const lines = linesFromPixels((x, y) => (stdout[head.length + y * 640 + x] ?? 0) > 100);
    const plain = (all: readonly string[]) =>
      all
        .map((line) => line.replace("\u2588", "").trimEnd())
        .join("\n")
        .trimEnd();
    expect(plain(lines)).toBe(plain(text.split("\n")));
  },
);
