import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createGuestConsole, logInGuest, rowsOfText } from "../../support/guest-console.ts";

describe("a login", () => {
  test("echoes the name and asks for a password, which is not shown, stored or logged", () => {
    const guest = createGuestConsole({ hostname: "web" });
    expect(rowsOfText(guest.shown()).at(-1)).toBe("web login:");
    guest.type("demo");
    expect(rowsOfText(guest.shown()).at(-1)).toBe("web login: demo");
    expect(guest.type("\r").printed).toBe("demo\nPassword: ");
    guest.type("s3cret\bX");
    expect(guest.shown()).toMatch(/Password:\n$/);
    expect(JSON.stringify(guest.guest())).not.toContain("s3cre");
    expect(guest.type("\r").printed).toMatch(
      /^\nWelcome to demo's session: simulated.*\ndemo@web:~\$ $/,
    );
    expect(guest.shown()).not.toMatch(/s3cre/);
  });

  test("asks again for an empty name, and after Ctrl-C", () => {
    const guest = createGuestConsole({ hostname: "web" });
    expect(guest.type("\r").printed).toBe("\nweb login: ");
    expect(guest.type("root\r\x03").printed).toBe("root\nPassword: ^C\nweb login: ");
    expect(guest.type("ro\x03").printed).toBe("ro^C\nweb login: ");
    expect(guest.type("root\r\r").printed).toMatch(/root@web:~# $/);
  });

  test("property: no password without Enter and Ctrl-C leaves a trace", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const [one, other] = [createGuestConsole({ id: "one" }), createGuestConsole({ id: "one" })];
        one.type("demo\r");
        other.type("demo\r");
        expect(one.type(text).printed).toBe("");
        expect(one.guest()).toEqual(other.guest());
        expect(one.shown()).toBe(other.shown());
      }),
    );
  });
});

describe("a command line", () => {
  test("echoes, erases and clears input", () => {
    const guest = logInGuest();
    guest.type("\becho on\bne\x1b\x01é");
    expect(rowsOfText(guest.shown()).at(-1)).toBe("demo@web:~$ echo one");
    expect(guest.type("\r").printed).toBe("echo one\none\ndemo@web:~$ ");
    expect(guest.type("rm -rf\x03").printed).toBe("rm -rf^C\ndemo@web:~$ ");
  });

  test("takes 200 characters over several rows, and erases each", () => {
    const guest = logInGuest();
    guest.type("clear\r");
    const before = guest.shown();
    guest.type("x".repeat(300));
    expect(guest.guest()?.line).toHaveLength(200);
    expect(guest.shown().match(/x/g)).toHaveLength(200);
    guest.type("\b".repeat(300));
    expect(guest.shown()).toBe(before);
  });

  test("property: the log has the entered lines and their output, whatever happens between", () => {
    const key = fc.constantFrom("a", "b", " ", "\b", "\x1b");
    fc.assert(
      fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
        const guest = logInGuest();
        expect(guest.type(keys.join("")).printed).toBe("");
        const { line = "" } = guest.guest() ?? {};
        const naive: string[] = [];
        for (const each of keys)
          if (each === "\b") naive.pop();
          else if (each !== "\x1b") naive.push(each);
        expect(line).toBe(naive.join(""));
        expect(guest.type("\r").printed.startsWith(`${line}\n`)).toBe(true);
      }),
    );
  });

  for (const [line, says] of [
    ["", ""],
    ["   ", ""],
    ["echo  Hello,   World_42 | $HOME {~}", "Hello, World_42 | $HOME {~}\n"],
    ["hostname", "web\n"],
    ["whoami", "demo\n"],
    ["id", "uid=1000(demo) gid=1000(demo)\n"],
    ["uname", "Linux\n"],
    ["uname -a", "Linux 6.1.0-simulated (no machine: a simulated guest)\n"],
    ["date", "Thu, 15 Jan 2026 12:00:00 UTC\n"],
    ["uptime", "up 3599 seconds\n"],
    ["vi /etc/passwd", "-sh: vi: not found\n"],
    ["constructor", "-sh: constructor: not found\n"],
    ["__proto__", "-sh: __proto__: not found\n"],
  ] as const)
    test(`answers ${JSON.stringify(line)} with ${JSON.stringify(says)}`, () => {
      expect(logInGuest().type(`${line}\r`).printed).toBe(`${line}\n${says}demo@web:~$ `);
    });

  test("explains that it is simulated, lists its commands, and shows the server's addresses", () => {
    const help = logInGuest().type("help\r").printed;
    expect(help).toContain("simulated guest: no machine runs");
    for (const command of ["clear", "echo", "exit", "poweroff", "reboot"])
      expect(help).toContain(command);
    const guest = logInGuest();
    const { printed } = guest.type("ip\r");
    for (const { addr, mac } of guest.server().addresses)
      expect(printed).toContain(`${addr} ${mac}`);
  });

  test("can be cleared, and logged out by two words", () => {
    const guest = logInGuest();
    guest.type("clear\r");
    expect(guest.shown()).toBe("demo@web:~$\n");
    for (const word of ["exit", "logout"]) {
      guest.type(`${word}\r`);
      expect(guest.shown()).toBe("web login:\n");
      guest.type("root\r\r");
    }
  });

  test("turns the server off or reboots it, and ignores later input", () => {
    for (const [word, power] of [
      ["poweroff", "shutdown"],
      ["reboot", "reboot"],
    ] as const) {
      const { printed, power: requestedPower } = logInGuest().type(`${word}\recho never\r`);
      expect(requestedPower).toBe(power);
      expect(printed).toContain("System is going down");
      expect(printed).not.toContain("never");
    }
  });
});
