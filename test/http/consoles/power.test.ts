import { expect, test } from "vitest";
import { encodingNumbers, viewerMessages } from "../../support/exchange-viewer.ts";
import { startWithViewers } from "../../support/viewers.ts";

const buttonCodes = { shutdown: 2, reboot: 3, reset: 4 } as const;

/** xvp's message, version 1: the operation failed. */
const refusedPower = [250, 0, 1, 0];

async function startWithButtons(as = "demo") {
  const cloud = await startWithViewers();
  const one = await cloud.viewer(as);
  await one.open(encodingNumbers.tight, encodingNumbers.xvp);
  return {
    ...cloud,
    one,
    status: async () => (await cloud.call("GET", `/v2.1/servers/${cloud.id}`)).json.server.status,
    events: async () =>
      (await cloud.call("GET", `/v2.1/servers/${cloud.id}/os-instance-actions`, { as: "admin" }))
        .json.instanceActions,
  };
}

test("a power button acts like the API, and the instance action has the token's user", async () => {
  const { one, pass, status, events, log } = await startWithButtons("admin");
  await one.say(viewerMessages.power(buttonCodes.shutdown));
  expect(await log()).toContain("The system will power off now!");
  pass(60_000);
  expect(await status()).toBe("SHUTOFF");
  const [last] = await events();
  expect(last).toMatchObject({ action: "stop" });
  const { one: own, events: ownEvents, pass: later, status: ownStatus } = await startWithButtons();
  await own.say(viewerMessages.power(buttonCodes.reset));
  later(60_000);
  expect(await ownStatus()).toBe("ACTIVE");
  const [reboot] = await ownEvents();
  expect(reboot).toMatchObject({ action: "reboot" });
  expect(reboot.user_id).not.toBe(last.user_id);
  expect(reboot.user_id).toMatch(/^[0-9a-f]{32}$/);
});

test("a repeated message does not press a power button again", async () => {
  const { one, pass, events } = await startWithButtons();
  await one.say(viewerMessages.power(buttonCodes.reboot));
  pass(60_000);
  await one.again();
  await one.again();
  expect(
    (await events()).filter(({ action }: { action: string }) => action === "reboot"),
  ).toHaveLength(1);
});

test("when the API would refuse, the viewer receives a failure, repeated if lost", async () => {
  const { one, pass, status, call, path, viewer } = await startWithButtons();
  await call("POST", path, { as: "admin", body: { lock: null } });
  const refused = await one.say(viewerMessages.power(buttonCodes.shutdown));
  expect([...refused.bytes.subarray(0, 4)]).toEqual(refusedPower);
  expect([...(await one.again()).bytes.subarray(0, 4)]).toEqual(refusedPower);
  pass(60_000);
  expect(await status()).toBe("ACTIVE");
  // A viewer without power buttons would take the message for a broken stream.
  const plain = await viewer();
  await plain.open(encodingNumbers.tight);
  const answer = await plain.say(viewerMessages.power(buttonCodes.shutdown));
  expect([...answer.bytes]).toEqual([]);
});

test("a lock does not stop an administrator", async () => {
  const { one, pass, status, call, path } = await startWithButtons("admin");
  await call("POST", path, { as: "admin", body: { lock: null } });
  await one.say(viewerMessages.power(buttonCodes.shutdown));
  pass(60_000);
  expect(await status()).toBe("SHUTOFF");
});

test("a stopped server cannot be shut down, and typed keys are ignored", async () => {
  const { one, pass, call, path, log } = await startWithButtons();
  await call("POST", path, { body: { "os-stop": null } });
  pass(60_000);
  expect([
    ...(await one.say(viewerMessages.power(buttonCodes.shutdown))).bytes.subarray(0, 4),
  ]).toEqual(refusedPower);
  await one.say(viewerMessages.keys("root\n"));
  expect(await log()).not.toContain("root\nPassword:");
});

test("poweroff and reboot can be typed, and a new boot starts a new log", async () => {
  const { one, pass, status, log } = await startWithButtons();
  await one.say(viewerMessages.keys("root\n\nreboot\n"));
  pass(60_000);
  expect(await status()).toBe("ACTIVE");
  // A whole line at once, in a boot without earlier input.
  await one.say(viewerMessages.keys("ann\n"));
  expect((await log()).split("login: ").slice(1)).toEqual(["ann\nPassword: "]);
  await one.say(viewerMessages.keys("\npoweroff\n"));
  pass(60_000);
  expect(await status()).toBe("SHUTOFF");
  expect(await log()).toContain("poweroff\nSystem is going down.\n");
});
