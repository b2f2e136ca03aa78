import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bootText, consoleLog } from "../../../lambdas/compute/model/guest-boot-log.ts";
import {
  type Action,
  actionDurationMs,
  allActions,
  failedPrecondition,
  observe,
} from "../../../lambdas/compute/model/lifecycle.ts";
import { startTime } from "../../support/cloud.ts";
import { createGuestConsole } from "../../support/guest-console.ts";
import { settledServer } from "../../support/servers.ts";

function logInGuest() {
  const guest = createGuestConsole({ hostname: "web" });
  guest.type("demo\rsecret\recho here\r");
  return {
    ...guest,
    become(action: Action) {
      guest.begin(action);
      guest.pass(actionDurationMs(action, guest.server().motion.to));
    },
    last: () => guest.shown().trimEnd().split("\n").at(-1),
  };
}

describe("a guest whose server is", () => {
  test("paused stands still: it keeps its screen, ignores keys, and resumes", () => {
    const guest = logInGuest();
    const before = guest.shown();
    guest.become("pause");
    expect(guest.shown()).toBe(before);
    expect(guest.type("echo there\r")).toEqual({ printed: "", power: null });
    expect(guest.shown()).toBe(before);
    guest.become("unpause");
    expect(guest.type("whoami\r").printed).toBe("whoami\ndemo\ndemo@web:~$ ");
    expect(guest.shown()).toContain("here\n");
  });

  test("paused during boot makes no progress", () => {
    const guest = createGuestConsole({ booted: startTime - 1_000 });
    guest.begin("pause");
    const before = guest.shown();
    guest.pass(60_000);
    expect(guest.shown()).toBe(before);
    expect(guest.shown()).not.toContain("login:");
    expect(guest.shown()).toContain("Linux version");
  });

  test("suspended has no picture, keeps its log, and resumes", () => {
    const guest = logInGuest();
    const [before, log] = [guest.shown(), consoleLog(guest.server(), guest.now())];
    guest.become("suspend");
    expect(guest.shown()).toMatch(/^Guest is suspended: .*\n$/);
    expect(guest.type("root\r")).toEqual({ printed: "", power: null });
    expect(consoleLog(guest.server(), guest.now())).toBe(log);
    guest.become("resume");
    expect(guest.shown()).toBe(before);
    expect(guest.type("whoami\r").printed).toContain("demo\n");
  });

  test("rescued boots another image, says so, and later boots its own again", () => {
    const guest = logInGuest();
    guest.begin("rescue");
    expect(guest.shown()).toContain("The system will power off now!");
    guest.pass(actionDurationMs("rescue"));
    guest.pass(3_000);
    expect(guest.shown()).not.toContain("here\n");
    expect(guest.shown()).toContain("[vdb] the server's own disk");
    expect(guest.shown()).toMatch(/This is the rescue image of web ttyS0\n\nweb login:\n$/);
    expect(guest.type("root\r\rid\r").printed).toContain("uid=0(root)");
    guest.become("unrescue");
    guest.pass(3_000);
    expect(guest.shown()).not.toContain("rescue");
    expect(guest.type("root\r").printed).toBe("root\nPassword: ");
  });

  test("resized shuts down and boots at the destination, and again on revert", () => {
    const guest = logInGuest();
    guest.begin("resize");
    guest.pass(200);
    expect(guest.shown()).toContain("The system will power off now!");
    expect(guest.type("whoami\r").printed).toBe("");
    guest.pass(300);
    expect(guest.shown()).toMatch(/reboot: Power down\n$/);
    guest.pass(500);
    expect(observe(guest.server().motion, guest.now()).vm).toBe("resized");
    expect(guest.shown()).toMatch(/^Novaless: this is a simulated guest/);
    guest.pass(3_000);
    expect(guest.type("ann\r\r").printed).toContain("ann@web:~$");
    guest.become("revertResize");
    guest.pass(3_000);
    expect(guest.last()).toBe("web login:");
  });

  test("confirmed after a resize runs on unchanged", () => {
    const guest = logInGuest();
    guest.become("resize");
    guest.pass(3_000);
    guest.type("ann\r\r");
    const before = guest.shown();
    guest.become("confirmResize");
    expect(guest.shown()).toBe(before);
    expect(guest.type("whoami\r").printed).toContain("ann\n");
  });

  test("live-migrated or given a password runs on unchanged", () => {
    for (const action of [
      "liveMigrate",
      "changePassword",
      "createImage",
      "createBackup",
    ] as const) {
      const guest = logInGuest();
      guest.begin(action);
      guest.pass(100);
      expect(guest.type("whoami\r").printed, action).toContain("demo\n");
      guest.pass(actionDurationMs(action));
      expect(guest.type("whoami\r").printed, action).toContain("demo\n");
    }
  });

  test("shelved or softly deleted is shut down first", () => {
    for (const action of ["shelve", "softDelete"] as const) {
      const guest = logInGuest();
      guest.begin(action);
      expect(guest.shown()).toContain("The system will power off now!");
      guest.pass(actionDurationMs(action) - 1);
      if (action === "shelve") expect(guest.shown()).toMatch(/reboot: Power down\n$/);
      guest.pass(1);
      expect(guest.shown()).toMatch(/reboot: Power down\n$/);
      expect(guest.type("x")).toEqual({ printed: "", power: null });
    }
  });

  test("rebuilt boots anew, and is shut down again if it was off", () => {
    const guest = logInGuest();
    guest.become("rebuild");
    expect(guest.shown()).toMatch(/^Novaless: this is a simulated guest/);
    expect(guest.shown()).not.toContain("here\n");
    const off = logInGuest();
    off.become("stop");
    off.become("rebuild");
    expect(off.shown()).toMatch(/reboot: Power down\n$/);
    expect(off.shown()).not.toContain("here\n");
  });

  test("in error runs on, if only its record says so; one that never came up has no screen", () => {
    const guest = logInGuest();
    guest.become("resetToError");
    expect(guest.type("whoami\r").printed).toContain("demo\n");
    const stopped = logInGuest();
    stopped.become("stop");
    stopped.become("resetToError");
    expect(stopped.type("whoami\r").printed).toBe("");
    const never = createGuestConsole({}, settledServer("error", { launched: null }));
    expect(never.shown()).toBe("Guest has not initialized the display (yet).\n");
    expect(bootText(never.server(), never.now())).toBe("");
  });

  test("property: transitions only append to the log of a boot", () => {
    const step = fc.record({
      action: fc.constantFrom(...allActions),
      after: fc.constantFrom(0, 100, 499, 500, 1_000, 3_000),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const guest = createGuestConsole({ booted: startTime - 500 });
        let [boot, log] = [0, ""];
        for (const { action, after } of steps) {
          const isBusy = observe(guest.server().motion, guest.now()).task !== null;
          if (!isBusy && !failedPrecondition(action, guest.server(), guest.now()))
            guest.begin(action);
          for (const passed of [0, after]) {
            guest.pass(passed);
            const { booted, motion } = guest.server();
            // A boot later on has written nothing yet.
            const since = booted !== null && booted <= guest.now() ? booted : boot;
            const text = bootText(guest.server(), guest.now());
            const isRescued = observe(motion, guest.now()).vm === "rescued";
            if (since === boot && !isRescued) expect(text.startsWith(log)).toBe(true);
            [boot, log] = [since, isRescued ? "" : text];
          }
        }
      }),
    );
  });
});
