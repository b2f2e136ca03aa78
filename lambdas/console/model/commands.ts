import type { Server } from "../../compute/model/server.ts";
import type { Instant } from "../../core/instant.ts";
import type { Power } from "./power.ts";

interface Session {
  readonly server: Server;
  readonly user: string;
  readonly boot: Instant;
  readonly now: Instant;
}

interface Done {
  readonly says: string;
  readonly leaves?: true;
  readonly power?: Power;
}

type Command = (words: readonly string[], session: Session) => Done;

const says = (...lines: readonly string[]): Done => ({
  says: lines.map((line) => `${line}\n`).join(""),
});

const leave: Command = () => ({ says: "\f", leaves: true });

const powerOff: Command = () => ({ ...says("System is going down."), power: "shutdown" });

/** What the simulated guest can do, and it says of itself that it is one. */
const commands: Readonly<Record<string, Command>> = {
  clear: () => ({ says: "\f" }),
  date: (_, { now }) => says(new Date(now).toUTCString().replace("GMT", "UTC")),
  echo: (words) => says(words.join(" ")),
  exit: leave,
  help: () =>
    says("This is a simulated guest: no machine runs. It knows:", Object.keys(commands).join(" ")),
  hostname: (_, { server }) => says(server.hostname),
  id: (_, { user }) =>
    says(user === "root" ? "uid=0(root) gid=0(root)" : `uid=1000(${user}) gid=1000(${user})`),
  ip: (_, { server }) =>
    says(...server.addresses.map(({ addr, mac }, i) => `eth${i}: ${addr} ${mac}`)),
  logout: leave,
  poweroff: powerOff,
  reboot: () => ({ ...says("System is going down for reboot."), power: "reboot" }),
  uname: (words) =>
    says(words[0] === "-a" ? "Linux 6.1.0-simulated (no machine: a simulated guest)" : "Linux"),
  uptime: (_, { boot, now }) => says(`up ${Math.max(0, Math.floor((now - boot) / 1_000))} seconds`),
  whoami: (_, { user }) => says(user),
};

export function run(line: string, session: Session): Done {
  const [name = "", ...words] = line.split(/\s+/);
  if (name === "") return { says: "" };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return command ? command(words, session) : says(`-sh: ${name}: not found`);
}
