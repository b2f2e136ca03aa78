import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type EnvironmentVariables, hasCommand, startWithClients } from "../support/clients.ts";
import { lineFromPixels, linesFromPixels } from "../support/screen-text.ts";
import {
  parsePnm,
  readXvfbScreen,
  type Screenshot,
  saveScreenshot,
} from "../support/screenshot.ts";
import { startVncBridge } from "../support/vnc-bridge.ts";

/** None of these has an option that prints its version and exits 0. */
const hasViewer = (command: string) => hasCommand("which", command);

const execFileAsync = promisify(execFile);

const waitOptions = { timeout: 60_000, interval: 200 };

async function startWithConsole() {
  const { origin } = await startWithClients();
  const authorization = `Basic ${btoa("demo:demo")}`;
  const ask = async (path: string, body: unknown) => {
    const headers = { authorization, "content-type": "application/json" };
    const reply = await fetch(origin + path, {
      ...{ method: "POST", headers, body: JSON.stringify(body) },
    });
    return JSON.parse((await reply.text()) || "{}");
  };
  const imageRef = "70a599e0-31e7-49b7-b260-868f441e862b";
  const { server } = await ask("/servers", { server: { name: "web-1", flavorRef: "1", imageRef } });
  const act = (body: unknown) => ask(`/servers/${server.id}/action`, body);
  const log = async (): Promise<string> => (await act({ "os-getConsoleOutput": {} })).output ?? "";
  await vi.waitFor(async () => expect(await log()).toContain("web-1 login:"), waitOptions);
  const got = await act({ "os-getVNCConsole": { type: "xvpvnc" } });
  const { port } = new URL(origin);
  return { log, act, vnc: await startVncBridge(`http://127.0.0.1:${port}/?${got.console.url}`) };
}

function temporaryFolder(): string {
  const made = mkdtempSync(join(tmpdir(), "novaless-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function spawnViewer(
  command: string,
  args: readonly string[],
  env: EnvironmentVariables = process.env,
) {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

const isBright =
  (picture: Screenshot, left = 0, top = 0) =>
  (x: number, y: number) =>
    picture.brightnessAt(left + x, top + y) > 100;

async function takeSnapshot(vnc: number, name: string, ...options: readonly string[]) {
  const file = join(temporaryFolder(), "screen.jpg");
  await execFileAsync("vncsnapshot", [
    ...["-quiet", "-quality", "100", "-allowblank", ...options],
    ...[`127.0.0.1:${vnc - 5_900}`, file],
  ]);
  const { stdout } = await execFileAsync("djpeg", ["-pnm", file], {
    ...{ encoding: "buffer", maxBuffer: 16 * 1024 * 1024 },
  });
  const picture = parsePnm(stdout);
  saveScreenshot(name, picture);
  expect([picture.width, picture.height]).toEqual([640, 384]);
  return linesFromPixels(isBright(picture));
}

test.runIf(["vncsnapshot", "djpeg"].every(hasViewer))(
  "vncsnapshot shows the screen's text pixel by pixel, in Tight and in Raw",
  async () => {
    const { vnc, log, act } = await startWithConsole();
    const seen = await takeSnapshot(vnc, "vncsnapshot-tight.png", "-encodings", "tight");
    expect(seen).toContain("web-1 login: \u2588");
    // The log's lines are longer than the screen's.
    const written = (await log()).replace(/(.{80})(?!\n)/g, "$1\n").split("\n");
    expect(seen.map((line) => line.replace("\u2588", "").trimEnd())).toEqual(
      [...written.slice(-24), ...Array(24).fill("")].slice(0, 24).map((line) => line.trimEnd()),
    );
    expect(await takeSnapshot(vnc, "vncsnapshot-raw.png", "-encodings", "raw")).toEqual(seen);
    await act({ "os-stop": null });
    await vi.waitFor(
      async () =>
        expect(await takeSnapshot(vnc, "vncsnapshot-stopped.png")).toContain("reboot: Power down"),
      waitOptions,
    );
  },
);

describe.runIf(["Xvfb", "xdotool", "xtigervncviewer"].every(hasViewer))("TigerVNC's viewer", () => {
  async function onScreen(vnc: number, name: string, ...options: readonly string[]) {
    const at = temporaryFolder();
    const x = spawnViewer("Xvfb", [
      ...["-displayfd", "1", "-screen", "0", "800x600x24", "-fbdir", at, "-nolisten", "tcp"],
    ]);
    const [number] = await once(x.stdout, "data");
    const env = { ...process.env, DISPLAY: `:${String(number).trim()}`, HOME: at };
    spawnViewer("xtigervncviewer", [`127.0.0.1::${vnc}`, ...options], env);
    // The window is not in the corner, but all its cells are visible.
    const cells = Array.from({ length: 8 * 32 }, (_, i) => ({ left: i % 8, top: i >> 3 }));
    let place: (typeof cells)[number] | undefined;
    const lines = (): string[] => {
      const picture = readXvfbScreen(join(at, "Xvfb_screen0"));
      saveScreenshot(name, picture);
      place ??= cells.find(({ left, top }) =>
        lineFromPixels(isBright(picture, left, top), 0).startsWith(
          "Novaless: this is a simulated guest.",
        ),
      );
      return place ? linesFromPixels(isBright(picture, place.left, place.top)) : [];
    };
    return {
      sees: (what: string) =>
        vi.waitFor(() => expect(lines().join("\n")).toContain(what), waitOptions),
      /** Without a window manager the viewer gets no focus. */
      async focus() {
        const { stdout } = await execFileAsync("xdotool", ["search", "--name", "TigerVNC"], {
          env,
        });
        const [window = ""] = stdout.trim().split("\n").slice(-1);
        await execFileAsync("xdotool", ["windowfocus", window], { env });
      },
      async type(text: string) {
        await execFileAsync("xdotool", ["type", "--delay", "30", text], { env });
        await execFileAsync("xdotool", ["key", "Return"], { env });
      },
      key: (name: string) => execFileAsync("xdotool", ["key", name], { env }),
    };
  }

  test.each([
    ["in full color", "tigervnc-full.png", ["-AutoSelect=0", "-FullColor=1"]],
    [
      "with 8 bits a pixel",
      "tigervnc-8bit.png",
      ["-AutoSelect=0", "-FullColor=0", "-LowColorLevel=2"],
    ],
    [
      "in 8 colors, Raw",
      "tigervnc-raw.png",
      ["-AutoSelect=0", "-FullColor=0", "-LowColorLevel=0", "-PreferredEncoding=raw"],
    ],
  ])("shows the boot log and accepts keys, %s", async (_, name, options) => {
    const { vnc, log } = await startWithConsole();
    const viewer = await onScreen(vnc, name, ...options);
    await viewer.sees("web-1 login:");
    await viewer.focus();
    for (const line of ["root", "x", "echo Hello, World_42 | $HOME {~}"]) await viewer.type(line);
    await viewer.sees("\nHello, World_42 | $HOME {~}\n");
    expect(await log()).toContain(
      ":~# echo Hello, World_42 | $HOME {~}\nHello, World_42 | $HOME {~}\n",
    );
    await viewer.key("x");
    await viewer.key("BackSpace");
    await viewer.type("whoami");
    await viewer.sees(":~# whoami\nroot\n");
  });
});
