import { notFound } from "../../core/fault.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import { projectCollection } from "../../ports/project-collection.ts";
import type { Records } from "../../ports/records.ts";
import { saga } from "../../ports/saga.ts";
import type { Network } from "../model/network.ts";
import { type Port, portsKind } from "../model/port.ts";
import { allocateIps, type FixedIpRequest, releaseIps } from "./ip-allocation.ts";

export const portsIn = (records: Records) => projectCollection<Port>(records, portsKind);

/** Throws `no-such`. @calls GetItem */
export async function getPort(records: Records, scope: ProjectScope, id: string): Promise<Port> {
  const port = await portsIn(records).findById(scope, id);
  if (!port) throw notFound("port", id);
  return port;
}

/** @calls Query */
export const portsOfDevice = async (
  records: Records,
  project: string,
  device: string,
): Promise<Port[]> =>
  (await portsIn(records).all({ project, allProjects: false })).filter(
    ({ device_id }) => device_id === device,
  );

/**
 * Allocates a new port's addresses and stores it, or does neither. Throws as `allocateIps`.
 * @calls PutItem, Query, DeleteItem, GetItem
 */
export function addPort(
  records: Records,
  network: Network,
  requests: readonly FixedIpRequest[] | null,
  attributes: Omit<Port, "fixed_ips">,
): Promise<Port> {
  return saga(async (step) => {
    const fixedIps = await step(
      "allocate addresses",
      () => allocateIps(records, network, requests, attributes.id),
      async (allocated) => {
        // the write may have succeeded although its response was lost
        await portsIn(records).remove(attributes);
        await releaseIps(records, allocated, attributes.id);
      },
    );
    const port: Port = { ...attributes, fixed_ips: fixedIps };
    await step("store the port", () => portsIn(records).add(port));
    return port;
  });
}

/**
 * Removes a port if `isRemovable` holds for it at that moment, and releases its addresses. Returns
 * the removed port; of concurrent callers one receives it.
 * @calls DeleteItem, GetItem
 */
export async function removePort(
  records: Records,
  port: Port,
  isRemovable: (current: Port) => boolean,
): Promise<Port | null> {
  const was = await portsIn(records).removeIf(port, isRemovable);
  if (was) await releaseIps(records, was.fixed_ips, was.id);
  return was;
}

/** Removes a port that still belongs to the device. @calls DeleteItem, GetItem */
export const removePortOfDevice = (
  records: Records,
  port: Port,
  device: string,
): Promise<Port | null> => removePort(records, port, ({ device_id }) => device_id === device);

/** Changes a port that still belongs to the device; returns null for another. @calls GetItem, PutItem */
export async function changePortOfDevice(
  records: Records,
  port: Port,
  device: string,
  update: (was: Port) => Port,
): Promise<Port | null> {
  let isOfDevice = false;
  const changed = await portsIn(records).change(port, (was) => {
    isOfDevice = was.device_id === device;
    return isOfDevice ? update(was) : was;
  });
  return isOfDevice ? changed : null;
}

/** Host "" unbinds. @calls Query; per port GetItem, PutItem */
export async function bindPorts(
  records: Records,
  { project, id }: { readonly project: string; readonly id: string },
  host: string,
): Promise<void> {
  await Promise.all(
    (await portsOfDevice(records, project, id)).map((port) =>
      changePortOfDevice(records, port, id, (was) => ({ ...was, "binding:host_id": host })),
    ),
  );
}
