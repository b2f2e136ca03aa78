import type { Instant } from "../../../core/instant.ts";
import { toPythonDatetime } from "../../../core/times.ts";
import { isOnHost, observe } from "../../model/lifecycle.ts";
import { powerStateAt, type Server, updatedAt } from "../../model/server.ts";

export type ColumnValue = string | number | null;

/** The columns of Nova's instances table that lists filter and sort by. */
export const serverColumns = {
  access_ip_v4: ({ accessIPv4 }) => accessIPv4 || null,
  access_ip_v6: ({ accessIPv6 }) => accessIPv6 || null,
  auto_disk_config: ({ diskConfig }) => (diskConfig === "AUTO" ? 1 : 0),
  availability_zone: (server, now) => (isOnHost(server, now) ? server.availabilityZone : null),
  config_drive: ({ configDrive }) => (configDrive ? "True" : ""),
  created_at: ({ created }) => toPythonDatetime(created),
  display_description: ({ description }) => description,
  display_name: ({ name }) => name,
  host: (server, now) => (isOnHost(server, now) ? server.host : null),
  hostname: ({ hostname }) => hostname,
  image_ref: ({ image }) => image?.id ?? "",
  instance_type_id: ({ flavor }) => flavor?.id ?? null,
  kernel_id: () => "",
  key_name: ({ keyName }) => keyName,
  launch_index: ({ launchIndex }) => launchIndex,
  launched_at: ({ launched }, now) =>
    launched !== null && launched <= now ? toPythonDatetime(launched) : null,
  locked: ({ lock }) => (lock ? 1 : 0),
  locked_by: ({ lock }) => lock?.by ?? null,
  node: (server, now) => (isOnHost(server, now) ? server.host : null),
  power_state: ({ motion }, now) => powerStateAt(motion, now),
  progress: () => 0,
  project_id: ({ project }) => project,
  ramdisk_id: () => "",
  reservation_id: ({ reservation }) => reservation,
  root_device_name: (server, now) => (isOnHost(server, now) ? "/dev/vda" : null),
  task_state: ({ motion }, now) => observe(motion, now).task,
  terminated_at: ({ motion }, now) =>
    observe(motion, now).vm === "deleted" ? toPythonDatetime(motion.due) : null,
  updated_at: (server, now) => toPythonDatetime(updatedAt(server, now)),
  user_id: ({ user }) => user,
  uuid: ({ id }) => id,
  vm_state: ({ motion }, now) => observe(motion, now).vm,
} satisfies Record<string, (server: Server, now: Instant) => ColumnValue>;

export type Column = keyof typeof serverColumns;
