import { conflict } from "../../core/fault.ts";
import type { Server } from "./server.ts";

/** What libvirt calls the disks of a virtio guest, the root disk first. */
const devicePath = (letter: string): string => `/dev/vd${letter}`;

const driveLetters = "abcdefghijklmnopqrstuvwxyz";

/**
 * What a volume is called on a server: by the letter that is asked for, whatever stands before it, or the
 * next that is free (nova/compute/utils.py get_device_name_for_instance). What the flavor brings comes
 * right after the root disk.
 */
export function selectDeviceName(
  { flavor, volumes }: Pick<Server, "flavor" | "volumes">,
  requested: string | null,
): string {
  const reservedCount = 1 + (flavor?.ephemeral ? 1 : 0) + (flavor?.swap ? 1 : 0);
  const used = new Set([
    ...[...driveLetters].slice(0, reservedCount).map(devicePath),
    ...volumes.map(({ device }) => device),
  ]);
  if (requested !== null) {
    const name = devicePath(
      requested
        .replace(/^\/dev\//, "")
        .replace(/^(x?v|s|h)d/, "")
        .replace(/\d+/, ""),
    );
    if (used.has(name)) throw conflict(`The supplied device path (${name}) is in use.`);
    return name;
  }
  const letterPairs = [...driveLetters].flatMap((one) =>
    [...driveLetters].map((other) => one + other),
  );
  return (
    [...driveLetters, ...letterPairs].map(devicePath).find((name) => !used.has(name)) ??
    devicePath("zzz")
  );
}
