import { conflict } from "../../core/fault.ts";
import type { Server } from "./server.ts";

/** libvirt's name of a virtio disk; the root disk is `vda`. */
const devicePath = (letter: string): string => `/dev/vd${letter}`;

const driveLetters = "abcdefghijklmnopqrstuvwxyz";

/**
 * Takes the letter of the requested name with any prefix, or the next free one. The flavor's
 * ephemeral and swap disks follow the root disk. Throws `conflict` (nova/compute/utils.py
 * get_device_name_for_instance).
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
