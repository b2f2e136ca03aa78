import { toIsoMicros } from "../../../core/times.ts";
import type { Spoken } from "../../../http/dialect.ts";
import { hostIp } from "../../model/host.ts";
import { isInProgress, type Migration, stageOf } from "../../model/migration.ts";
import { bookmark, selfHref } from "../links.ts";

/** nova/api/openstack/compute/migrations.py _output; `hosts`: whether the caller may know of them. */
export function migrationView(migration: Migration, hosts: boolean, spoken: Spoken) {
  const { microversion, now } = spoken;
  const { id, server, source, destination, type } = migration;
  const { status, since } = stageOf(migration, now);
  const path = `${server}/migrations/${id}`;
  return {
    created_at: toIsoMicros(migration.created),
    dest_compute: hosts ? destination : null,
    // of a live migration Nova keeps none (nova/compute/resource_tracker.py:300)
    dest_host: hosts && destination && type !== "live-migration" ? hostIp(destination) : null,
    dest_node: hosts ? destination : null,
    id,
    instance_uuid: server,
    new_instance_type_id: numberOf(migration.newFlavor),
    old_instance_type_id: numberOf(migration.oldFlavor),
    source_compute: hosts ? source : null,
    source_node: hosts ? source : null,
    status,
    updated_at: toIsoMicros(since),
    ...(microversion >= 23 && { migration_type: type }),
    ...(microversion >= 23 &&
      isInProgress(migration, now) && {
        links: [
          { rel: "self", href: selfHref(spoken, "servers", path) },
          bookmark(spoken, "servers", path),
        ],
      }),
    ...(microversion >= 59 && { uuid: migration.uuid }),
    ...(microversion >= 80 && { project_id: migration.project, user_id: migration.user }),
  };
}

/** The number of a row, which a flavor has where its id is one. */
const numberOf = (flavor: string | null): number | null =>
  flavor !== null && /^\d{1,9}$/.test(flavor) ? Number(flavor) : null;
