import { conflict } from "../../core/fault.ts";
import type { Server } from "./server.ts";

/** What libvirt calls the disks of a virtio guest, the root disk first. */
const nameOf = (letter: string): string => `/dev/vd${letter}`;

const letters = "abcdefghijklmnopqrstuvwxyz";

/**
 * What a volume is called on a server: by the letter that is asked for, whatever stands before it, or the
 * next that is free (nova/compute/utils.py get_device_name_for_instance). What the flavor brings comes
 * right after the root disk.
 */
export function deviceFor(
  { flavor, volumes }: Pick<Server, "flavor" | "volumes">,
  asked: string | null,
): string {
  const own = 1 + (flavor?.ephemeral ? 1 : 0) + (flavor?.swap ? 1 : 0);
  const used = new Set([
    ...[...letters].slice(0, own).map(nameOf),
    ...volumes.map(({ device }) => device),
  ]);
  if (asked !== null) {
    const name = nameOf(
      asked
        .replace(/^\/dev\//, "")
        .replace(/^(x?v|s|h)d/, "")
        .replace(/\d+/, ""),
    );
    if (used.has(name)) throw conflict(`The supplied device path (${name}) is in use.`);
    return name;
  }
  const two = [...letters].flatMap((one) => [...letters].map((other) => one + other));
  return [...letters, ...two].map(nameOf).find((name) => !used.has(name)) ?? nameOf("zzz");
}
