import type { Instant } from "../../core/instant.ts";
import { actionDurationMs, guestBootsAt, observe, type TaskState } from "./lifecycle.ts";
import { powerStateAt, type Server } from "./server.ts";

/** When the guest came up last, or comes. */
export const bootedAt = ({ booted, launched, created }: Server): Instant =>
  booted ?? launched ?? created;

/** Seconds from the boot until somebody can log in. */
const loginDelaySeconds = 3;

/** Whether the guest takes keys. */
export const acceptsKeys = (server: Server, now: Instant): boolean =>
  isGuestRunning(server, now) && now >= bootedAt(server) + loginDelaySeconds * 1_000;

/** What is done to a server while its guest goes on as ever. */
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

/** Whether the guest is up, and nothing stands in its way. */
function isGuestRunning({ motion }: Server, now: Instant): boolean {
  const { task } = observe(motion, now);
  return powerStateAt(motion, now) === running && (task === null || tasksGuestIgnores.has(task));
}

/** Whether there has been a guest yet. */
export const hasBooted = ({ motion, launched }: Server, now: Instant): boolean =>
  launched !== null && observe(motion, now).vm !== "building";

/**
 * What the simulated guest writes to its console at a boot, as far as it has come. It follows from the
 * server alone: the lines come one after the other from the instant it came up, and nothing is kept.
 */
export function bootText(server: Server, now: Instant): string {
  if (!hasBooted(server, now)) return "";
  const uptime = uptimeMs(server, now);
  const lines = bootLines(server, now).filter(([at]) => at * 1_000 <= uptime);
  return lines.map(([, line]) => line).join("\n");
}

/** Milliseconds that the guest has run since its boot; of the one before, all of it is there. */
function uptimeMs(server: Server, now: Instant): number {
  const { action, to, due } = server.motion;
  const boot = guestBootsAt(server.motion);
  // what comes up by it and does not run is put out again at once
  const stopped = boot !== null && boot <= now ? boot : due - actionDurationMs(action, to);
  const uptime = (isGuestRunning(server, now) ? now : stopped) - bootedAt(server);
  return uptime < 0 ? Number.POSITIVE_INFINITY : uptime;
}

/** What it writes when it goes down, or has gone. */
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

/** The whole log of a boot, with what was typed since. */
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

/** What a task does to a guest that is up; of any other it hears nothing, and stands still. */
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

/** Each with the seconds from the boot to it. */
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

/** The same letters for the same text, which look like any others (FNV-1a). */
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
 * The end of a log, as Nova cuts it (nova/compute/manager.py:7904): so many parts between line ends,
 * none for 0; all for -1, which is meant so (nova/…/console_output.py:46). What XML could not say goes.
 */
export function tailLog(log: string, length: number | string | null | undefined): string {
  const count = Number(length ?? -1);
  const tail = count > 0 ? log.split("\n").slice(-count).join("\n") : count === 0 ? "" : log;
  return [...tail].filter((char) => char >= " " || char === "\t" || char === "\n").join("");
}

/** A part of what was typed since a boot. */
export interface ConsoleLogLine {
  readonly boot: Instant;
  /** The version of the room that it begins with. */
  readonly at: number;
  readonly text: string;
}

/** What was typed, of the lines of a console, since the boot that its screen is of. */
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
