import { randomUUID } from "node:crypto";
import { badRequest, Fault } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import type { Records } from "../../../ports/records.ts";
import { saga } from "../../../ports/saga.ts";
import type { Attachment, Volume } from "../../../volume/model/volume.ts";
import { addVolume } from "../../../volume/repositories/quotas.ts";
import { newVolume } from "../../../volume/repositories/volume-creation.ts";
import { volumesIn } from "../../../volume/repositories/volumes.ts";
import type { AttachedVolume } from "../../model/attached-volume.ts";
import { selectDeviceName } from "../../model/device-name.ts";
import type { BootFlavor } from "../../model/server.ts";
import { releaseVolume, reserveVolume } from "../../volume-attachments/reserve-volume.ts";
import type { RequestedVolume } from "./requested-volumes.ts";

interface AttachRequest {
  readonly server: string;
  readonly host: string;
  readonly project: string;
  readonly user: string;
  readonly flavor: BootFlavor | null;
  readonly requestId: string;
  readonly now: Instant;
  /** The instant at which the volumes are in use. */
  readonly due: Instant;
}

export interface AttachedDevices {
  readonly volumes: readonly AttachedVolume[];
  readonly created: readonly Volume[];
  readonly preexisting: readonly { readonly volume: Volume; readonly attachment: string }[];
}

/** Reserves the given volumes and creates the others, or keeps none. */
async function attachBlockDevices(
  records: Records,
  requestedVolumes: readonly RequestedVolume[],
  request: AttachRequest,
): Promise<AttachedDevices> {
  const volumes: AttachedVolume[] = [];
  const created: Volume[] = [];
  const preexisting: { volume: Volume; attachment: string }[] = [];
  const { flavor, now, due, requestId, server: id, host, project } = request;
  return saga(async (step) => {
    for (const requested of requestedVolumes) {
      const { device, volume } = requested;
      const isRoot = device.bootIndex === 0;
      const requestedName = device.name ?? (isRoot ? "vda" : null);
      const current = { flavor, volumes };
      const name = isRoot
        ? rootDeviceName(requestedName)
        : selectDeviceName(current, requestedName);
      const attachment = randomUUID();
      if (volume) {
        const server = { id, host };
        const reservation = { server, attached: { attachment }, device: name, requestId, now, due };
        await step(
          "reserve a given volume",
          () => asInvalidVolume(reserveVolume(records, volume, reservation)),
          () => releaseVolume(records, volume, attachment, now),
        );
        preexisting.push({ volume, attachment });
      } else {
        const createdVolume = buildAttachedVolume(requested, request, { attachment, name });
        await step(
          "create a volume",
          () => addVolume(records, createdVolume, now),
          () => dropVolume(records, createdVolume),
        );
        created.push(createdVolume);
      }
      volumes.push({
        id: volume?.id ?? created.at(-1)?.id ?? "",
        ...(volume && volume.project_id !== project && { project: volume.project_id }),
        attachment,
        mapping: randomUUID(),
        device: name,
        tag: device.tag,
        deleteOnTermination: device.deleteOnTermination,
        ...(isRoot && { root: true as const }),
      });
    }
    return { volumes, created, preexisting };
  });
}

/** All or none. */
export async function attachAll(
  records: Records,
  requestedVolumes: readonly RequestedVolume[],
  requests: readonly AttachRequest[],
): Promise<AttachedDevices[]> {
  const attached: AttachedDevices[] = [];
  return saga(async (step) => {
    for (const request of requestedVolumes.length > 0 ? requests : [])
      attached.push(
        await step(
          "attach a server's block devices",
          () => attachBlockDevices(records, requestedVolumes, request),
          (devices) => detachBlockDevices(records, devices, request.now),
        ),
      );
    return attached;
  });
}

export async function detachBlockDevices(
  records: Records,
  { created, preexisting }: Pick<AttachedDevices, "created" | "preexisting">,
  now: Instant,
): Promise<void> {
  await Promise.all([
    ...created.map((volume) => dropVolume(records, volume)),
    ...preexisting.map(({ volume, attachment }) => releaseVolume(records, volume, attachment, now)),
  ]);
}

async function dropVolume(records: Records, volume: Volume): Promise<void> {
  await volumesIn(records).remove(volume);
}

const rootDeviceName = (requestedName: string | null): string =>
  `/dev/${(requestedName ?? "vda").replace(/^\/dev\//, "")}`;

/** Nova names only blank volumes (nova/virt/block_device.py, DriverVolBlankBlockDevice). */
function buildAttachedVolume(
  { source, size, type }: RequestedVolume,
  { user, project, server, host, now, due }: AttachRequest,
  { attachment, name: device }: { readonly attachment: string; readonly name: string },
): Volume {
  const attachmentFields: Omit<Attachment, "status"> = {
    ...{ id: attachment, server, host, device, connector: { host } },
    mode: "rw",
    attached: null,
  };
  const volume = newVolume({
    ...{ id: randomUUID(), user, project, size, type, zone: null, metadata: {}, source, now },
    name: source.kind === "blank" ? `${server}-blank-vol` : "",
    description: "",
  });
  return {
    ...volume,
    ties: [{ ...attachmentFields, status: "reserved" }],
    motion: {
      due,
      becoming: {
        status: "in-use",
        ties: [{ ...attachmentFields, status: "attached", attached: due }],
      },
    },
  };
}

/** Nova wraps Cinder's invalid input (nova/compute/api.py:2056). */
async function asInvalidVolume<T>(pending: Promise<T>): Promise<T> {
  try {
    return await pending;
  } catch (cause) {
    if (cause instanceof Fault && cause.refusal.kind === "malformed")
      throw badRequest(`Invalid volume: ${cause.refusal.reason}`);
    throw cause;
  }
}
