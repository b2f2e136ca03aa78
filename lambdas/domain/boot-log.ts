import { type Action, type Instant, observe } from "./lifecycle.ts";
import type { Server } from "./server.ts";

/** What brings a guest up, in the instant that it is due. */
const boots = new Set<Action>(["create", "start", "softReboot", "hardReboot"]);

/** When the guest came up, or comes; where something else has been done since, when it first did. */
export const bootedAt = ({ motion, launched, created }: Server): Instant =>
  boots.has(motion.action) ? motion.due : (launched ?? created);

/**
 * What the simulated guest has written to its console by now. It follows from the server alone: the
 * lines of a boot come one after the other from the instant it came up, and nothing is kept.
 */
export function bootLog(server: Server, now: Instant): string {
  const { vm, task } = observe(server.motion, now);
  if (vm === "building") return "";
  const sinceBoot = now - bootedAt(server);
  const isUp = task === null && vm === "active";
  const lines = bootLines(server).filter(([at]) => !isUp || at * 1_000 <= sinceBoot);
  const last =
    vm === "active" && task !== null ? partings[task] : vm === "stopped" ? down : undefined;
  return [...lines.map(([, line]) => line), ...(last ?? [])].join("\n");
}

const down = [
  "",
  "[  OK  ] Reached target poweroff.target - System Power Off.",
  "reboot: Power down",
  "",
];

const partings: Partial<Record<string, readonly string[]>> = {
  "powering-off": ["", "The system will power off now!", ""],
  rebooting: ["", "The system will reboot now!", ""],
  reboot_pending: ["", "The system will reboot now!", "reboot: Restarting system", ""],
  reboot_started: ["", "The system will reboot now!", "reboot: Restarting system", ""],
};

/** Each with the seconds from the boot to it. */
function bootLines(server: Server): (readonly [at: number, line: string])[] {
  const { id, name, flavor, image, addresses } = server;
  const host = hostnameOf(name, id);
  const key = letters(`${id}/key`, 43);
  const kernel = (at: number, text: string) =>
    [at, `[${at.toFixed(6).padStart(12)}] ${text}`] as const;
  const said = (at: number, text: string) => [at, text] as const;
  return [
    said(0, "Novaless: this is a simulated guest. No machine runs, and nobody can log in to it."),
    kernel(0, `Linux version 6.1.0-simulated (novaless@${printable(server.host)})`),
    kernel(0, "Command line: root=/dev/vda1 ro console=tty0 console=ttyS0"),
    kernel(0, `DMI: OpenStack Foundation OpenStack Nova, UUID ${id}`),
    ...(flavor
      ? [
          kernel(0.1, `Memory: ${flavor.ram * 1_024}K available`),
          kernel(
            0.2,
            `smp: Brought up 1 node, ${flavor.vcpus} CPU${flavor.vcpus === 1 ? "" : "s"}`,
          ),
          kernel(0.4, `virtio_blk virtio1: [vda] ${flavor.disk} GiB`),
        ]
      : []),
    kernel(0.6, "EXT4-fs (vda1): mounted filesystem with ordered data mode."),
    kernel(0.9, `systemd[1]: Hostname set to <${host}>.`),
    ...addresses.map(({ addr, mac }, i) =>
      said(1.4, `ci-info: |  eth${i}  | True | ${addr.padEnd(15)} | global | ${mac} |`),
    ),
    said(2, "-----BEGIN SSH HOST KEY FINGERPRINTS-----"),
    said(2, `256 SHA256:${letters(`${id}/fingerprint`, 43)} root@${host} (ED25519)`),
    said(2, "-----END SSH HOST KEY FINGERPRINTS-----"),
    said(2, "-----BEGIN SSH HOST KEY KEYS-----"),
    said(2, `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${key} root@${host}`),
    said(2, "-----END SSH HOST KEY KEYS-----"),
    kernel(
      2.5,
      "cloud-init[512]: Cloud-init (simulated) finished. Datasource OpenStack. Up 2.50 seconds",
    ),
    said(3, ""),
    said(3, `${printable(image?.name ?? "Linux")} ${host} ttyS0`),
    said(3, ""),
    said(3, `${host} login: `),
  ];
}

/** nova/utils.py sanitize_hostname. */
function hostnameOf(name: string, id: string): string {
  const clean = name
    .replace(/[ _]/g, "-")
    .replace(/[^\w.-]+/g, "")
    .toLowerCase()
    .replace(/^[.-]+|[.-]+$/g, "");
  return clean.slice(0, 63) || `server-${id}`;
}

const printable = (text: string): string => text.replace(/[^ -~]/g, "?");

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The same letters for the same text, which look like any others (FNV-1a). */
function letters(text: string, length: number): string {
  let made = "";
  for (let i = 0; i < length; i++) {
    let hash = 0x811c9dc5;
    for (const char of `${i}${text}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
    made += alphabet[(hash >>> 13) % 64];
  }
  return made;
}

/**
 * The end of a log, as Nova cuts it (nova/compute/manager.py:7904): so many parts between line ends,
 * none for 0; all for -1, which is meant so (nova/…/console_output.py:46). What XML could not say goes.
 */
export function tailOf(log: string, length: number | string | null | undefined): string {
  const count = Number(length ?? -1);
  const tail = count > 0 ? log.split("\n").slice(-count).join("\n") : count === 0 ? "" : log;
  return [...tail].filter((char) => char >= " " || char === "\t" || char === "\n").join("");
}
