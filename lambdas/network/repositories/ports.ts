import { notFound } from "../../core/fault.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import { projectCollection } from "../../ports/project-collection.ts";
import type { Records } from "../../ports/records.ts";
import { type Port, portsKind } from "../model/port.ts";
import { releaseIps } from "./ip-allocation.ts";

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

/** Only the request that removes the port releases addresses. @calls DeleteItem */
export async function removePort(records: Records, port: Port): Promise<Port | null> {
  const was = await portsIn(records).remove(port);
  if (was) await releaseIps(records, was.fixed_ips);
  return was;
}

/** Host "" unbinds. @calls Query; per port GetItem, PutItem */
export async function bindPorts(
  records: Records,
  { project, id }: { readonly project: string; readonly id: string },
  host: string,
): Promise<void> {
  await Promise.all(
    (await portsOfDevice(records, project, id)).map((port) =>
      portsIn(records).change(port, (was) =>
        was.device_id === id ? { ...was, "binding:host_id": host } : was,
      ),
    ),
  );
}
