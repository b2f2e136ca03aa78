import type { Server } from "../../compute/model/server.ts";
import type { Instant } from "../../core/instant.ts";
import type { Power } from "./power.ts";

interface ShellSession {
  readonly server: Server;
  readonly user: string;
  readonly boot: Instant;
  readonly now: Instant;
}

interface CommandResult {
  readonly output: string;
  readonly logsOut?: true;
  readonly power?: Power;
}

type Command = (words: readonly string[], session: ShellSession) => CommandResult;

const print = (...lines: readonly string[]): CommandResult => ({
  output: lines.map((line) => `${line}\n`).join(""),
});

const logOut: Command = () => ({ output: "\f", logsOut: true });

const powerOff: Command = () => ({ ...print("System is going down."), power: "shutdown" });

const commands: Readonly<Record<string, Command>> = {
  clear: () => ({ output: "\f" }),
  date: (_, { now }) => print(new Date(now).toUTCString().replace("GMT", "UTC")),
  echo: (words) => print(words.join(" ")),
  exit: logOut,
  help: () =>
    print("This is a simulated guest: no machine runs. It knows:", Object.keys(commands).join(" ")),
  hostname: (_, { server }) => print(server.hostname),
  id: (_, { user }) =>
    print(user === "root" ? "uid=0(root) gid=0(root)" : `uid=1000(${user}) gid=1000(${user})`),
  ip: (_, { server }) =>
    print(...server.addresses.map(({ addr, mac }, i) => `eth${i}: ${addr} ${mac}`)),
  logout: logOut,
  poweroff: powerOff,
  reboot: () => ({ ...print("System is going down for reboot."), power: "reboot" }),
  uname: (words) =>
    print(words[0] === "-a" ? "Linux 6.1.0-simulated (no machine: a simulated guest)" : "Linux"),
  uptime: (_, { boot, now }) =>
    print(`up ${Math.max(0, Math.floor((now - boot) / 1_000))} seconds`),
  whoami: (_, { user }) => print(user),
};

export function runCommand(line: string, session: ShellSession): CommandResult {
  const [name = "", ...words] = line.split(/\s+/);
  if (name === "") return { output: "" };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return command ? command(words, session) : print(`-sh: ${name}: not found`);
}
