import type { Instant } from "../../core/instant.ts";
import { unbindPort } from "../../network/model/port.ts";
import { disassociateAll } from "../../network/repositories/floating-ips.ts";
import {
  changePortOfDevice,
  portsOfDevice,
  removePortOfDevice,
} from "../../network/repositories/ports.ts";
import type { Records } from "../../ports/records.ts";
import type { Server } from "../model/server.ts";
import { releaseVolumes } from "../volume-attachments/release-volumes.ts";

/** Volumes are null if unknown. */
interface DepartingServer extends Pick<Server, "project" | "id"> {
  readonly volumes: Server["volumes"] | null;
}

/**
 * Releases volumes, deletes ports created for the server and unbinds others. Floating IPs come after
 * the ports: an association that is written later finds its port gone.
 */
export async function releaseServerResources(
  records: Records,
  { project, id, volumes }: DepartingServer,
  now: Instant,
): Promise<void> {
  await releaseVolumes(records, { project, id, volumes }, now);
  const ports = await portsOfDevice(records, project, id);
  const removed = await Promise.all(
    ports.filter(({ made }) => made).map((port) => removePortOfDevice(records, port, id)),
  );
  await Promise.all(
    ports
      .filter(({ made }) => !made)
      .map((port) => changePortOfDevice(records, port, id, unbindPort)),
  );
  const removedIds = removed.flatMap((port) => port?.id ?? []);
  if (removedIds.length > 0) await disassociateAll(records, project, new Set(removedIds), now);
}
