import { randomUUID } from "node:crypto";
import { Fault, malformed } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import type { Records } from "../../../ports/records.ts";
import type { Tie, Volume } from "../../../volume/model/volume.ts";
import { addVolume } from "../../../volume/repositories/quotas.ts";
import { orderedVolume } from "../../../volume/repositories/volume-creation.ts";
import { volumesIn } from "../../../volume/repositories/volumes.ts";
import type { AttachedVolume } from "../../model/attached-volume.ts";
import { deviceFor } from "../../model/device-name.ts";
import type { BootFlavor } from "../../model/server.ts";
import { letGo, taken } from "../../volume-attachments/reserve-volume.ts";
import type { Part } from "./requested-volumes.ts";

/** Whose volumes they are to be. */
interface Furnishing {
  readonly server: string;
  readonly host: string;
  readonly project: string;
  readonly user: string;
  readonly flavor: BootFlavor | null;
  readonly requestId: string;
  readonly now: Instant;
  /** When the server is up, and they are in use. */
  readonly due: Instant;
}

/** What became of the volumes of a server. */
export interface Furnished {
  readonly volumes: readonly AttachedVolume[];
  readonly made: readonly Volume[];
  readonly given: readonly { readonly volume: Volume; readonly attachment: string }[];
}

/** Takes the volumes a server is given, and makes the others; when not all can be had, none is kept. */
async function furnish(
  records: Records,
  parts: readonly Part[],
  furnishing: Furnishing,
): Promise<Furnished> {
  const volumes: AttachedVolume[] = [];
  const made: Volume[] = [];
  const given: { volume: Volume; attachment: string }[] = [];
  const { flavor, now, due, requestId, server: id, host, project } = furnishing;
  try {
    for (const part of parts) {
      const { device, volume } = part;
      const isRoot = device.boots === 0;
      const asked = device.name ?? (isRoot ? "vda" : null);
      const there = { flavor, volumes };
      const name = isRoot ? rootName(asked) : deviceFor(there, asked);
      const attachment = randomUUID();
      if (volume) {
        const server = { id, host };
        const taking = { server, attached: { attachment }, device: name, requestId, now, due };
        await inItsWords(taken(records, volume, taking));
        given.push({ volume, attachment });
      } else {
        const fresh = freshVolume(part, furnishing, { attachment, name });
        await addVolume(records, fresh, now);
        made.push(fresh);
      }
      volumes.push({
        id: volume?.id ?? made.at(-1)?.id ?? "",
        ...(volume && volume.project_id !== project && { project: volume.project_id }),
        attachment,
        mapping: randomUUID(),
        device: name,
        tag: device.tag,
        deleteOnTermination: device.goes,
        ...(isRoot && { root: true as const }),
      });
    }
    return { volumes, made, given };
  } catch (cause) {
    await unfurnish(records, { made, given }, now);
    throw cause;
  }
}

/** Of servers that are created together all have theirs, or none. */
export async function furnishAll(
  records: Records,
  parts: readonly Part[],
  each: readonly Furnishing[],
): Promise<Furnished[]> {
  const furnished: Furnished[] = [];
  try {
    for (const one of parts.length > 0 ? each : [])
      furnished.push(await furnish(records, parts, one));
    return furnished;
  } catch (cause) {
    await Promise.all(furnished.map((one) => unfurnish(records, one, each[0]?.now ?? 0)));
    throw cause;
  }
}

/** Undoes it. */
export async function unfurnish(
  records: Records,
  { made, given }: Pick<Furnished, "made" | "given">,
  now: Instant,
): Promise<void> {
  await Promise.all([
    ...made.map((volume) => volumesIn(records).remove(volume)),
    ...given.map(({ volume, attachment }) => letGo(records, volume, attachment, now)),
  ]);
}

const rootName = (asked: string | null): string =>
  `/dev/${(asked ?? "vda").replace(/^\/dev\//, "")}`;

/** Nova names the blank ones alone (nova/virt/block_device.py DriverVolBlankBlockDevice). */
function freshVolume(
  { source, size, type }: Part,
  { user, project, server, host, now, due }: Furnishing,
  { attachment, name: device }: { readonly attachment: string; readonly name: string },
): Volume {
  const tie: Omit<Tie, "status"> = {
    ...{ id: attachment, server, host, device, connector: { host } },
    mode: "rw",
    attached: null,
  };
  const volume = orderedVolume({
    ...{ id: randomUUID(), user, project, size, type, zone: null, metadata: {}, source, now },
    name: source.kind === "blank" ? `${server}-blank-vol` : "",
    description: "",
  });
  return {
    ...volume,
    ties: [{ ...tie, status: "reserved" }],
    motion: {
      due,
      becoming: { status: "in-use", ties: [{ ...tie, status: "attached", attached: due }] },
    },
  };
}

/** nova/compute/api.py:2056 tells of an input what is of a volume. */
async function inItsWords<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    if (cause instanceof Fault && cause.refusal.kind === "malformed")
      throw malformed(`Invalid volume: ${cause.refusal.reason}`);
    throw cause;
  }
}
