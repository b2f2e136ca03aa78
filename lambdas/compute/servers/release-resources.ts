import type { Instant } from "../../core/instant.ts";
import { unbindPort } from "../../network/model/port.ts";
import { disassociateAll } from "../../network/repositories/floating-ips.ts";
import { portsIn, portsOfDevice, removePort } from "../../network/repositories/ports.ts";
import type { Records } from "../../ports/records.ts";
import type { Server } from "../model/server.ts";
import { releaseVolumes } from "../volume-attachments/release-volumes.ts";

/** Addresses and volumes are null if unknown. */
interface DepartingServer extends Pick<Server, "project" | "id"> {
  readonly addresses: Server["addresses"] | null;
  readonly volumes: Server["volumes"] | null;
}

/**
 * Deletes ports created for the server, unbinds others, releases volumes. Looks for floating IPs
 * only if the server shows any.
 */
export async function releaseServerResources(
  records: Records,
  { project, id, addresses, volumes }: DepartingServer,
  now: Instant,
): Promise<void> {
  await releaseVolumes(records, { project, id, volumes }, now);
  const ports = await portsOfDevice(records, project, id);
  if (ports.length > 0 && (addresses?.some(({ type }) => type === "floating") ?? true)) {
    const deletedPortIds = ports.filter(({ made }) => made).map((port) => port.id);
    await disassociateAll(records, project, new Set(deletedPortIds), now);
  }
  await Promise.all(
    ports.map((port) =>
      port.made
        ? removePort(records, port)
        : portsIn(records).change(port, (was) => (was.device_id === id ? unbindPort(was) : was)),
    ),
  );
}
