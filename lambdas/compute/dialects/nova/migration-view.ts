import { toIsoMicros } from "../../../core/times.ts";
import type { RequestContext } from "../../../http/dialect.ts";
import { hostIp } from "../../model/host.ts";
import { isInProgress, type Migration, statusAt } from "../../model/migration.ts";
import { bookmarkLink, selfHref } from "../links.ts";

/** nova/api/openstack/compute/migrations.py _output; `hosts`: the caller may see hosts. */
export function migrationView(
  migration: Migration,
  isHostVisible: boolean,
  context: RequestContext,
) {
  const { microversion, now } = context;
  const { id, server, source, destination, type } = migration;
  const { status, since } = statusAt(migration, now);
  const path = `${server}/migrations/${id}`;
  return {
    created_at: toIsoMicros(migration.created),
    dest_compute: isHostVisible ? destination : null,
    // absent for a live migration (nova/compute/resource_tracker.py:300)
    dest_host:
      isHostVisible && destination && type !== "live-migration" ? hostIp(destination) : null,
    dest_node: isHostVisible ? destination : null,
    id,
    instance_uuid: server,
    new_instance_type_id: flavorNumber(migration.newFlavor),
    old_instance_type_id: flavorNumber(migration.oldFlavor),
    source_compute: isHostVisible ? source : null,
    source_node: isHostVisible ? source : null,
    status,
    updated_at: toIsoMicros(since),
    ...(microversion >= 23 && { migration_type: type }),
    ...(microversion >= 23 &&
      isInProgress(migration, now) && {
        links: [
          { rel: "self", href: selfHref(context, "servers", path) },
          bookmarkLink(context, "servers", path),
        ],
      }),
    ...(microversion >= 59 && { uuid: migration.uuid }),
    ...(microversion >= 80 && { project_id: migration.project, user_id: migration.user }),
  };
}

/** The numeric id of a flavor whose id is a number; null otherwise. */
const flavorNumber = (flavor: string | null): number | null =>
  flavor !== null && /^\d{1,9}$/.test(flavor) ? Number(flavor) : null;
