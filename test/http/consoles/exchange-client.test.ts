import { setTimeout as after } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import {
  type ExchangeClient,
  type ExchangeTiming,
  openExchange,
} from "../../../infra/pages/exchange-client.ts";
import { openSerialConsole } from "../../support/console-requests.ts";

const timing: ExchangeTiming = {
  pollMs: { first: 20, last: 40 },
  retryMs: { first: 5, last: 20 },
  timeoutMs: 5_000,
};

type Network = (number: number) => Promise<"arrives" | "lost" | "answer lost" | 429 | 503>;

const reliableNetwork: Network = async () => "arrives";

async function startTerminal(
  network: Network = reliableNetwork,
  over: Partial<ExchangeTiming> = {},
) {
  const { at, token, ...cloud } = await openSerialConsole();
  const decoder = new TextDecoder();
  const seen = {
    shown: "",
    ended: [] as number[],
    stalls: [] as boolean[],
    requests: [] as string[],
  };
  let underWay = 0;
  const overNetwork: typeof fetch = async (url, init) => {
    expect(++underWay).toBe(1);
    try {
      const headers = new Headers(init?.headers);
      seen.requests.push(headers.get("x-console-message") ?? "");
      const outcome = await network(seen.requests.length);
      if (outcome === "lost") throw new TypeError("fetch failed");
      if (typeof outcome === "number") return new Response("", { status: outcome });
      const answer = await fetch(url, init);
      if (outcome === "answer lost") throw new TypeError("fetch failed");
      return answer;
    } finally {
      underWay--;
    }
  };
  const opened: ExchangeClient = openExchange({
    url: `${at}/console/exchange`,
    token,
    onReceived: (bytes) => {
      seen.shown += decoder.decode(bytes);
    },
    onEnded: (status) => seen.ended.push(status),
    onStalled: (is) => seen.stalls.push(is),
    fetch: overNetwork,
    timing: { ...timing, ...over },
  });
  onTestFinished(() => opened.close());
  const type = (text: string) => opened.send(new TextEncoder().encode(text));
  return { ...cloud, ...seen, seen, opened, type };
}

async function waitUntil(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = 1_000; !(await isSo()); left--) {
    if (left === 0) throw new Error("It never came to that.");
    await after(10);
  }
}

const unreliableNetwork = (
  outcomes: readonly Awaited<ReturnType<Network>>[],
  delays: readonly number[],
): Network => {
  return async (number) => {
    await after(delays[number % delays.length] ?? 0);
    return outcomes[(number * 7) % outcomes.length] ?? "arrives";
  };
};

test("keys typed every 30 ms over a slow, lossy, failing network arrive complete, in order and once", async () => {
  const { type, log, seen } = await startTerminal(
    unreliableNetwork(
      ["arrives", "answer lost", "arrives", "lost", 503, "answer lost", 429, "arrives", "arrives"],
      [3, 60, 11, 37, 90],
    ),
  );
  await waitUntil(() => seen.shown.includes("login:"));
  type("root\r");
  await waitUntil(() => seen.shown.includes("Password:"));
  type("secret\r");
  await waitUntil(() => seen.shown.includes("~#"));
  const typed = "echo the quick brown fox jumps over the lazy dog 0123456789";
  for (const key of typed) {
    type(key);
    await after(30);
  }
  type("\r");
  await waitUntil(async () => (await log()).includes("\nthe quick brown fox jumps"));

  const lines = (await log()).split("\n");
  expect(lines.filter((line) => line.endsWith(typed))).toHaveLength(1);
  expect(lines.filter((line) => line === typed.slice("echo ".length))).toHaveLength(1);
  expect(seen.stalls.length).toBeGreaterThan(0);
  expect(seen.ended).toEqual([]);
  // Unanswered messages are repeated under their number, and no number is missing.
  const numbers = seen.requests.map(Number).filter((number) => number > 0);
  expect(new Set(numbers).size).toBeLessThan(numbers.length);
  expect([...new Set(numbers)]).toEqual([...new Set(numbers)].map((_, i) => i + 1));
});

test("keys typed during an exchange are sent together in the next one", async () => {
  const { type, seen, log } = await startTerminal(async () => {
    await after(50);
    return "arrives";
  });
  await waitUntil(() => seen.shown.includes("login:"));
  const before = seen.requests.length;
  for (const key of "somebody\r") type(key);
  await waitUntil(async () => (await log()).includes("login: somebody"));
  expect(seen.requests.slice(before).filter((number) => number !== "0").length).toBeLessThanOrEqual(
    2,
  );
});

test("a hidden page does not poll but sends keys, and polls at once when shown", async () => {
  const { type, seen, opened } = await startTerminal(reliableNetwork, {
    pollMs: { first: 20, last: 20 },
  });
  await waitUntil(() => seen.shown.includes("login:"));
  opened.setIdle(true);
  await after(60);
  const requestCount = seen.requests.length;
  await after(200);
  expect(seen.requests.length).toBe(requestCount);
  type("x");
  await waitUntil(() => seen.shown.includes("login: x"));
  expect(seen.requests.length).toBe(requestCount + 1);
  opened.setIdle(false);
  await waitUntil(() => seen.requests.length > requestCount + 1);
  expect(seen.requests.length).toBeGreaterThan(requestCount + 1);
});

test("each poll without news lengthens the interval, up to a limit", async () => {
  const at: number[] = [];
  const { seen } = await startTerminal(
    async () => {
      at.push(performance.now());
      return "arrives";
    },
    { pollMs: { first: 20, last: 120 } },
  );
  await waitUntil(() => seen.requests.length > 8);
  const waits = at.slice(2).map((time, i) => time - (at[i + 1] ?? 0));
  expect(waits.at(-1)).toBeGreaterThan(100);
  expect(waits.at(0)).toBeLessThan(100);
});

test("deleting the server ends the client with 401, and polling stops", async () => {
  const { seen, remove } = await startTerminal();
  await waitUntil(() => seen.shown.includes("login:"));
  await remove();
  await waitUntil(() => seen.ended.length > 0);
  const requestCount = seen.requests.length;
  await after(100);
  expect([seen.ended, seen.requests.length]).toEqual([[401], requestCount]);
});

test("closing the client stops requests and callbacks", async () => {
  const { seen, opened, type } = await startTerminal();
  await waitUntil(() => seen.shown.includes("login:"));
  opened.close();
  const requestCount = seen.requests.length;
  type("x");
  await after(100);
  expect([seen.ended, seen.requests.length]).toEqual([[], requestCount]);
});

test("a long paste is split into messages and arrives in order", async () => {
  const { type, seen, log } = await startTerminal();
  await waitUntil(() => seen.shown.includes("login:"));
  for (let sent = 0; sent < 3; sent++) type("\x7f".repeat(30_000));
  type("late\r");
  await waitUntil(async () => (await log()).includes("login: late"));
  expect(await log()).toContain("login: late");
});
