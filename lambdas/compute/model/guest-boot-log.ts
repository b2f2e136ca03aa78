import type { Instant } from "../../core/instant.ts";
import { bootOf, durationOf, observe, type TaskState } from "./lifecycle.ts";
import { powerState, type Server } from "./server.ts";

/** When the guest came up last, or comes. */
export const bootedAt = ({ booted, launched, created }: Server): Instant =>
  booted ?? launched ?? created;

/** Seconds from the boot until somebody can log in. */
const untilLogin = 3;

/** Whether the guest takes keys. */
export const listens = (server: Server, now: Instant): boolean =>
  runs(server, now) && now >= bootedAt(server) + untilLogin * 1_000;

/** What is done to a server while its guest goes on as ever. */
const unfelt: ReadonlySet<TaskState> = new Set([
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
function runs({ motion }: Server, now: Instant): boolean {
  const { task } = observe(motion, now);
  return powerState(motion, now) === running && (task === null || unfelt.has(task));
}

/** Whether there has been a guest yet. */
export const isBooted = ({ motion, launched }: Server, now: Instant): boolean =>
  launched !== null && observe(motion, now).vm !== "building";

/**
 * What the simulated guest writes to its console at a boot, as far as it has come. It follows from the
 * server alone: the lines come one after the other from the instant it came up, and nothing is kept.
 */
export function bootText(server: Server, now: Instant): string {
  if (!isBooted(server, now)) return "";
  const up = uptime(server, now);
  const lines = bootLines(server, now).filter(([at]) => at * 1_000 <= up);
  return lines.map(([, line]) => line).join("\n");
}

/** Milliseconds that the guest has run since its boot; of the one before, all of it is there. */
function uptime(server: Server, now: Instant): number {
  const { action, to, due } = server.motion;
  const boot = bootOf(server.motion);
  // what comes up by it and does not run is put out again at once
  const stopped = boot !== null && boot <= now ? boot : due - durationOf(action, to);
  const up = (runs(server, now) ? now : stopped) - bootedAt(server);
  return up < 0 ? Number.POSITIVE_INFINITY : up;
}

/** What it writes when it goes down, or has gone. */
export function partingText({ motion }: Server, now: Instant): string {
  const { vm, task } = observe(motion, now);
  const power = powerState(motion, now);
  const isOff = power === shutDown && vm !== "suspended";
  const last = isOff ? down : power === running && task !== null ? partings[task] : undefined;
  return last ? `\n${last.join("\n")}` : "";
}

/** The whole log of a boot, with what was typed since. */
export const consoleLog = (server: Server, now: Instant, typed = ""): string =>
  bootText(server, now) + typed + partingText(server, now);

const down = [
  "",
  "[  OK  ] Reached target poweroff.target - System Power Off.",
  "reboot: Power down",
  "",
];

const goingDown = ["", "The system will power off now!", ""];
const restarting = ["", "The system will reboot now!", "reboot: Restarting system", ""];

/** What a task does to a guest that is up; of any other it hears nothing, and stands still. */
const partings: Partial<Record<TaskState, readonly string[]>> = {
  "powering-off": goingDown,
  "soft-deleting": goingDown,
  rescuing: goingDown,
  shelving: goingDown,
  shelving_image_pending_upload: down,
  shelving_image_uploading: down,
  resize_migrating: goingDown,
  resize_migrated: down,
  resize_finish: down,
  rebooting: ["", "The system will reboot now!", ""],
  reboot_pending: restarting,
  reboot_started: restarting,
};

/** Each with the seconds from the boot to it. */
function bootLines(server: Server, now: Instant): (readonly [at: number, line: string])[] {
  const { id, flavor, image, addresses } = server;
  const host = printable(server.hostname);
  const isRescued = observe(server.motion, now).vm === "rescued";
  const key = letters(`${id}/key`, 43);
  const kernel = (at: number, text: string) =>
    [at, `[${at.toFixed(6).padStart(12)}] ${text}`] as const;
  const said = (at: number, text: string) => [at, text] as const;
  return [
    said(0, "Novaless: this is a simulated guest. No machine runs; its login takes any name."),
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
    ...(isRescued ? [kernel(0.4, "virtio_blk virtio2: [vdb] the server's own disk")] : []),
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
    said(untilLogin, ""),
    said(
      untilLogin,
      `${isRescued ? "This is the rescue image of" : printable(image?.name ?? "Linux")} ${host} ttyS0`,
    ),
    said(untilLogin, ""),
    said(untilLogin, `${host} login: `),
  ];
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

/** A part of what was typed since a boot. */
export interface Line {
  readonly boot: Instant;
  /** The version of the room that it begins with. */
  readonly at: number;
  readonly text: string;
}

/** What was typed, of the lines of a console, since the boot that its screen is of. */
export function typedSince(server: Server, lines: readonly Line[], now: Instant): string {
  const boot = bootedAt(server);
  const last = now < boot ? Math.max(...lines.map((line) => line.boot)) : boot;
  return lines
    .filter((line) => line.boot === last)
    .map(({ text }) => text)
    .join("");
}
