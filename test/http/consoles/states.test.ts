import { describe, expect, test } from "vitest";
import { actionDurationMs } from "../../../lambdas/compute/model/lifecycle.ts";
import type { Servers } from "../../../lambdas/ports/backend.ts";
import { encodingNumbers, viewerMessages } from "../../support/exchange-viewer.ts";
import { requester } from "../../support/servers.ts";
import { startWithViewers } from "../../support/viewers.ts";

type RequestedAction = Parameters<Servers["transition"]>[2];

async function startWatched() {
  const cloud = await startWithViewers();
  const { project } = await cloud.servers.get(requester.project, cloud.id, cloud.now());
  const one = await cloud.viewer();
  await one.open(encodingNumbers.tight, encodingNumbers.xvp);
  const begin = (action: RequestedAction) =>
    cloud.servers.transition(project, cloud.id, action, cloud.now(), {
      ...requester,
      canOverrideLock: true,
    });
  return {
    ...cloud,
    one,
    begin,
    async become(action: RequestedAction) {
      await begin(action);
      cloud.pass(actionDurationMs(action, action === "shelve" ? "shelved_offloaded" : "active"));
    },
    requestConsole: async () => {
      const { status, text } = await cloud.getConsole();
      const body = { "os-getConsoleOutput": {} };
      return [status, (await cloud.call("POST", cloud.path, { body })).status, text] as const;
    },
    screen: async (token: string) => {
      const answer = await cloud.call("GET", `/console/screen.txt?token=${token}`, { as: null });
      return answer.status === 200 ? answer.text : answer.status;
    },
  };
}

const refusedPower = [250, 0, 1, 0];

describe("the console of a server that is", () => {
  test("paused is open, keeps its picture and ignores keys", async () => {
    const { one, become, token, screen, log } = await startWatched();
    await one.say(viewerMessages.keys("root\n\necho here\n"));
    const [credential, before] = [await token(), await log()];
    await become("pause");
    expect(await screen(credential)).toContain("here\nroot@web-1:~#");
    await one.say(viewerMessages.keys("echo there\n"));
    expect(await log()).toBe(before);
    await become("unpause");
    await one.say(viewerMessages.keys("echo again\n"));
    expect(await log()).toBe(`${before}echo again\nagain\nroot@web-1:~# `);
  });

  test("suspended is open, says so, and keeps its log", async () => {
    const { become, token, screen, requestConsole } = await startWatched();
    const credential = await token();
    await become("suspend");
    expect(await screen(credential)).toMatch(/^Guest is suspended: /);
    expect((await requestConsole()).slice(0, 2)).toEqual([200, 200]);
  });

  test("rescued is open, and has the rescue image's log", async () => {
    const { one, become, pass, log } = await startWatched();
    await become("rescue");
    pass(3_000);
    expect(await log()).toMatch(/This is the rescue image of web-1 ttyS0\n\nweb-1 login: $/);
    await one.say(viewerMessages.keys("root\n\nhostname\n"));
    expect(await log()).toMatch(/hostname\nweb-1\nroot@web-1:~# $/);
  });

  test("E-41: shelved shows the shutdown, then ends, and its tokens are invalid for good", async () => {
    const { one, begin, pass, token, screen, requestConsole, become } = await startWatched();
    const before = await token();
    await begin("shelve");
    expect(await screen(before)).toContain("The system will power off now!");
    pass(800);
    expect(await screen(before)).toMatch(/reboot: Power down\n$/);
    const meanwhile = await token();
    expect((await one.poll()).status).not.toBe(401);
    pass(200);
    expect((await one.poll()).status).toBe(401);
    for (const each of [before, meanwhile]) expect(await screen(each)).toBe(401);
    const [console, output, text] = await requestConsole();
    expect([console, output]).toEqual([409, 409]);
    expect(text).toContain("is not ready");

    await become("unshelve");
    pass(3_000);
    for (const each of [before, meanwhile]) expect(await screen(each)).toBe(401);
    expect((await one.poll()).status).toBe(401);
    expect(await screen(await token())).toContain("login:");
  });

  test("E-33: migrating is refused, and an open one ends for good", async () => {
    const { one, begin, pass, token, screen, getConsole } = await startWatched();
    const before = await token();
    await begin("liveMigrate");
    const refused = await getConsole();
    expect([refused.status, refused.text]).toEqual([
      409,
      expect.stringContaining("while it is in task_state migrating"),
    ]);
    expect(await screen(before)).toBe(401);
    expect((await one.poll()).status).toBe(401);
    pass(1_000);
    expect(await screen(before)).toBe(401);
    expect(await screen(await token())).toContain("login:");
  });

  test("evacuated is new: earlier tokens are invalid", async () => {
    const { one, become, token, screen } = await startWatched();
    const before = await token();
    await become("evacuate");
    expect(await screen(before)).toBe(401);
    expect((await one.poll()).status).toBe(401);
    expect(await screen(await token())).toContain("Novaless: this is a simulated guest");
  });

  test("rebuilt stays open and shows the new boot", async () => {
    const { one, become, token, screen } = await startWatched();
    await one.say(viewerMessages.keys("root\n\necho here\n"));
    const before = await token();
    await become("rebuild");
    expect((await one.poll()).status).not.toBe(401);
    expect(await screen(before)).toMatch(/^Novaless: this is a simulated guest/);
    expect(await screen(before)).not.toContain("here\n");
  });
});

const buttonCodes = { shutdown: 2, reboot: 3, reset: 4 } as const;
const allButtons = Object.keys(buttonCodes) as (keyof typeof buttonCodes)[];

const workingButtons: readonly (readonly [
  RequestedAction | null,
  readonly (keyof typeof buttonCodes)[],
])[] = [
  [null, allButtons],
  ["stop", ["reset"]],
  ["pause", ["reset"]],
  ["suspend", ["reset"]],
  ["rescue", []],
  ["resize", []],
  ["resetToError", ["shutdown", "reset"]],
];

describe("the power buttons", () => {
  for (const [action, works] of workingButtons)
    test(`${action ? `after ${action}` : "of an active server"}: ${works.join(", ") || "none"}`, async () => {
      for (const name of allButtons) {
        const { one, become } = await startWatched();
        if (action) await become(action);
        const { bytes } = await one.say(viewerMessages.power(buttonCodes[name]));
        const isRefused = [...bytes.subarray(0, 4)].join() === refusedPower.join();
        expect([name, isRefused]).toEqual([name, !works.includes(name)]);
      }
    });
});
