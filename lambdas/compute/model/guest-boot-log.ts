import type { Instant } from "../../core/instant.ts";
import { actionDurationMs, guestBootsAt, observe, type TaskState } from "./lifecycle.ts";
import { powerStateAt, type Server } from "./server.ts";

/** The last boot, or the next while it is ahead. */
export const bootedAt = ({ booted, launched, created }: Server): Instant =>
  booted ?? launched ?? created;

/** From boot to login prompt. */
const loginDelaySeconds = 3;

export const acceptsKeys = (server: Server, now: Instant): boolean =>
  isGuestRunning(server, now) && now >= bootedAt(server) + loginDelaySeconds * 1_000;

/** Tasks that leave the guest running. */
const tasksGuestIgnores: ReadonlySet<TaskState> = new Set([
  "image_snapshot_pending",
  "image_snapshot",
  "image_pending_upload",
  "image_uploading",
  "image_backup",
  "updating_password",
  "migrating",
]);

/** nova/objects/fields.py InstancePowerState. */
const [running, shutDown] = [1, 4];

function isGuestRunning({ motion }: Server, now: Instant): boolean {
  const { task } = observe(motion, now);
  return powerStateAt(motion, now) === running && (task === null || tasksGuestIgnores.has(task));
}

export const hasBooted = ({ motion, launched }: Server, now: Instant): boolean =>
  launched !== null && observe(motion, now).vm !== "building";

/**
 * The console output of the simulated guest's boot up to now. The text follows from the server
 * alone: nothing is stored.
 */
export function bootText(server: Server, now: Instant): string {
  if (!hasBooted(server, now)) return "";
  const uptime = uptimeMs(server, now);
  const lines = bootLines(server, now).filter(([at]) => at * 1_000 <= uptime);
  return lines.map(([, line]) => line).join("\n");
}

/** Infinity before the next boot: the log of the previous one is complete. */
function uptimeMs(server: Server, now: Instant): number {
  const { action, to, due } = server.motion;
  const boot = guestBootsAt(server.motion);
  // a guest that boots by this motion and does not run is stopped at once
  const stopped = boot !== null && boot <= now ? boot : due - actionDurationMs(action, to);
  const uptime = (isGuestRunning(server, now) ? now : stopped) - bootedAt(server);
  return uptime < 0 ? Number.POSITIVE_INFINITY : uptime;
}

export function shutdownText({ motion }: Server, now: Instant): string {
  const { vm, task } = observe(motion, now);
  const power = powerStateAt(motion, now);
  const isOff = power === shutDown && vm !== "suspended";
  const lines = isOff
    ? powerOffLines
    : power === running && task !== null
      ? shutdownMessages[task]
      : undefined;
  return lines ? `\n${lines.join("\n")}` : "";
}

/** The whole log of a boot, with the text typed since. */
export const consoleLog = (server: Server, now: Instant, typed = ""): string =>
  bootText(server, now) + typed + shutdownText(server, now);

const powerOffLines = [
  "",
  "[  OK  ] Reached target poweroff.target - System Power Off.",
  "reboot: Power down",
  "",
];

const poweringOffLines = ["", "The system will power off now!", ""];
const restartLines = ["", "The system will reboot now!", "reboot: Restarting system", ""];

/** Output of a running guest; other tasks print nothing. */
const shutdownMessages: Partial<Record<TaskState, readonly string[]>> = {
  "powering-off": poweringOffLines,
  "soft-deleting": poweringOffLines,
  rescuing: poweringOffLines,
  shelving: poweringOffLines,
  shelving_image_pending_upload: powerOffLines,
  shelving_image_uploading: powerOffLines,
  resize_migrating: poweringOffLines,
  resize_migrated: powerOffLines,
  resize_finish: powerOffLines,
  rebooting: ["", "The system will reboot now!", ""],
  reboot_pending: restartLines,
  reboot_started: restartLines,
};

/** `at`: seconds since the boot. */
function bootLines(server: Server, now: Instant): (readonly [at: number, line: string])[] {
  const { id, flavor, image, addresses } = server;
  const host = replaceUnprintable(server.hostname);
  const isRescued = observe(server.motion, now).vm === "rescued";
  const key = pseudoRandomText(`${id}/key`, 43);
  const kernelLine = (at: number, text: string) =>
    [at, `[${at.toFixed(6).padStart(12)}] ${text}`] as const;
  const plainLine = (at: number, text: string) => [at, text] as const;
  return [
    plainLine(0, "Novaless: this is a simulated guest. No machine runs; its login takes any name."),
    kernelLine(0, `Linux version 6.1.0-simulated (novaless@${replaceUnprintable(server.host)})`),
    kernelLine(0, "Command line: root=/dev/vda1 ro console=tty0 console=ttyS0"),
    kernelLine(0, `DMI: OpenStack Foundation OpenStack Nova, UUID ${id}`),
    ...(flavor
      ? [
          kernelLine(0.1, `Memory: ${flavor.ram * 1_024}K available`),
          kernelLine(
            0.2,
            `smp: Brought up 1 node, ${flavor.vcpus} CPU${flavor.vcpus === 1 ? "" : "s"}`,
          ),
          kernelLine(0.4, `virtio_blk virtio1: [vda] ${flavor.disk} GiB`),
        ]
      : []),
    ...(isRescued ? [kernelLine(0.4, "virtio_blk virtio2: [vdb] the server's own disk")] : []),
    kernelLine(0.6, "EXT4-fs (vda1): mounted filesystem with ordered data mode."),
    kernelLine(0.9, `systemd[1]: Hostname set to <${host}>.`),
    ...addresses.map(({ addr, mac }, i) =>
      plainLine(1.4, `ci-info: |  eth${i}  | True | ${addr.padEnd(15)} | global | ${mac} |`),
    ),
    plainLine(2, "-----BEGIN SSH HOST KEY FINGERPRINTS-----"),
    plainLine(2, `256 SHA256:${pseudoRandomText(`${id}/fingerprint`, 43)} root@${host} (ED25519)`),
    plainLine(2, "-----END SSH HOST KEY FINGERPRINTS-----"),
    plainLine(2, "-----BEGIN SSH HOST KEY KEYS-----"),
    plainLine(2, `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${key} root@${host}`),
    plainLine(2, "-----END SSH HOST KEY KEYS-----"),
    kernelLine(
      2.5,
      "cloud-init[512]: Cloud-init (simulated) finished. Datasource OpenStack. Up 2.50 seconds",
    ),
    plainLine(loginDelaySeconds, ""),
    plainLine(
      loginDelaySeconds,
      `${isRescued ? "This is the rescue image of" : replaceUnprintable(image?.name ?? "Linux")} ${host} ttyS0`,
    ),
    plainLine(loginDelaySeconds, ""),
    plainLine(loginDelaySeconds, `${host} login: `),
  ];
}

const replaceUnprintable = (text: string): string => text.replace(/[^ -~]/g, "?");

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Deterministic letters from a text (FNV-1a). */
function pseudoRandomText(text: string, length: number): string {
  let result = "";
  for (let i = 0; i < length; i++) {
    let hash = 0x811c9dc5;
    for (const char of `${i}${text}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
    result += alphabet[(hash >>> 13) % 64];
  }
  return result;
}

/**
 * The last `length` lines: none for 0, all for -1 (nova/compute/manager.py:7904,
 * nova/api/openstack/compute/schemas/console_output.py). Drops characters that XML cannot
 * contain.
 */
export function tailLog(log: string, length: number | string | null | undefined): string {
  const count = Number(length ?? -1);
  const tail = count > 0 ? log.split("\n").slice(-count).join("\n") : count === 0 ? "" : log;
  return [...tail].filter((char) => char >= " " || char === "\t" || char === "\n").join("");
}

/** A part of the input since a boot. */
export interface ConsoleLogLine {
  readonly boot: Instant;
  /** The session's version at its first character. */
  readonly at: number;
  readonly text: string;
}

/** The input since the boot that the screen shows. */
export function typedTextSinceBoot(
  server: Server,
  lines: readonly ConsoleLogLine[],
  now: Instant,
): string {
  const boot = bootedAt(server);
  const last = now < boot ? Math.max(...lines.map((line) => line.boot)) : boot;
  return lines
    .filter((line) => line.boot === last)
    .map(({ text }) => text)
    .join("");
}
