import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bootText, consoleLog, tailLog } from "../../../lambdas/compute/model/guest-boot-log.ts";
import { beginCreate } from "../../../lambdas/compute/model/lifecycle.ts";
import { startTime } from "../../support/cloud.ts";
import { createGuestConsole, logInGuest, rowsOfText } from "../../support/guest-console.ts";
import { settledServer } from "../../support/servers.ts";

describe("the screen", () => {
  test("of a server being built says that it has no picture", () => {
    const guest = createGuestConsole({
      motion: beginCreate("create", startTime),
      launched: startTime + 1_000,
    });
    expect(guest.shown()).toBe("Guest has not initialized the display (yet).\n");
    guest.type("demo\r");
    expect(guest.guest()).toBeNull();
  });

  test("grows during boot, and accepts keys from the login on", () => {
    const guest = createGuestConsole({ hostname: "web", booted: startTime });
    let last = "";
    for (let at = 0; at < 3_000; at += 100) {
      expect(guest.type("early\r")).toEqual({ printed: "", power: null });
      const log = consoleLog(guest.server(), guest.now());
      expect(log.startsWith(last)).toBe(true);
      expect(log).not.toContain("login: ");
      last = log;
      guest.pass(100);
    }
    expect(rowsOfText(guest.shown()).at(-1)).toBe("web login:");
    expect(guest.type("demo\r").printed).toBe("demo\nPassword: ");
  });

  test("keeps growing while an image is created", () => {
    const guest = createGuestConsole({ booted: startTime - 500 });
    const whole = bootText(guest.server(), startTime + 60_000);
    guest.begin("createImage");
    let last = 0;
    for (let at = 0; at < 1_500; at += 100) {
      const { length } = bootText(guest.server(), guest.now());
      expect(length).toBeGreaterThanOrEqual(last);
      expect(length).toBeLessThan(whole.length);
      last = length;
      guest.pass(100);
    }
  });

  test("shows the shutdown and its end, and keeps typed input", () => {
    const guest = logInGuest();
    guest.type("echo here\r");
    guest.begin("stop");
    expect(guest.shown()).toContain("The system will power off now!");
    guest.pass(1_000);
    expect(guest.shown()).toMatch(/here\n[\s\S]*reboot: Power down\n$/);
    expect(guest.type("echo there\r").printed).toBe("");
    expect(guest.shown()).not.toContain("there");
  });

  for (const [action, vm, message] of [
    ["softReboot", "active", "The system will reboot now!"],
    ["hardReboot", "active", "echo before"],
    ["start", "stopped", "reboot: Power down"],
  ] as const)
    test(`belongs to a new boot after ${action}, and input to its own boot`, () => {
      const guest = logInGuest();
      guest.type("echo before\r");
      if (vm === "stopped") {
        guest.begin("stop");
        guest.pass(1_000);
      }
      guest.begin(action);
      guest.pass(400);
      expect(guest.shown()).toContain(message);
      guest.pass(600);
      expect(guest.shown()).toMatch(/^Novaless: this is a simulated guest/);
      expect(guest.shown()).not.toContain("before");
      guest.pass(3_000);
      expect(rowsOfText(guest.shown()).at(-1)).toBe("web login:");
      expect(guest.guest()?.boot).toBeLessThan(guest.server().booted ?? 0);
      guest.type("x");
      expect(guest.guest()?.boot).toBe(guest.server().booted);
    });
});

describe("the boot log", () => {
  const log = (over: Parameters<typeof settledServer>[1] = {}) =>
    consoleLog(settledServer("active", over), startTime);

  test("is the same for one server, and differs between servers", () => {
    expect(log({ id: "one" })).toBe(log({ id: "one" }));
    const keyIn = (text: string) => /ssh-ed25519 (\S{68}) /.exec(text)?.[1];
    expect(keyIn(log())).toBeDefined();
    expect(keyIn(log({ id: "another" }))).not.toBe(keyIn(log()));
  });

  test("has only characters with glyphs, for any server name", () => {
    const image = { id: "i", name: "Ünïcode\x1b[31m\n" };
    const text = log({ image, hostname: "wéb", host: "hööst\r" });
    expect(text).toMatch(/^[ -~\n]*$/);
    expect(text).toContain("?n?code?[31m?");
  });

  test("works without a flavor, an image or an address", () => {
    const text = log({ flavor: null, image: null, addresses: [] });
    expect(text).toContain("simulated guest");
    expect(text).toMatch(/login: $/);
  });

  test("property: its tail equals Nova's, and is valid in XML", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\b", "\f", "\t", "\0") });
    fc.assert(
      fc.property(text, fc.integer({ min: -1, max: 20 }), (whole, length) => {
        const tail = tailLog(whole, length);
        const parts = whole.split("\n");
        const kept = length < 0 ? parts : length === 0 ? [] : parts.slice(-length);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: Nova's own (nova/api/openstack/compute/console_output.py)
        expect(tail).toBe(kept.join("\n").replace(/[\x00-\x08\x0b-\x1f]/g, ""));
      }),
    );
  });
});
