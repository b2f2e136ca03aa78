import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { booleanSchema } from "../../http/schema-fields.ts";
import { projectScopeOf } from "../../volume/request.ts";
import { singleMember } from "../../volume/schema-fields.ts";
import { takeSnapshot } from "../../volume/snapshots/take-snapshot.ts";
import { snapshotShown } from "./proxy-views.ts";

const text = { type: "string" } as const;

export const createProxiedSnapshot = operation({
  id: "compute/create-proxied-snapshot",
  service: "compute",
  route: "POST /os-snapshots",
  access: { rule: "os_compute_api:os-volumes:snapshots:create", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  // nova/api/openstack/compute/schemas/snapshots.py create
  body: singleMember("snapshot", {
    type: "object",
    properties: {
      volume_id: text,
      force: booleanSchema,
      display_name: text,
      display_description: text,
    },
    required: ["volume_id"],
    additionalProperties: false,
  }),
  async run(call, world) {
    const said = call.body.snapshot;
    const taken = await takeSnapshot(world.backend().records, projectScopeOf(call), {
      volume: said.volume_id,
      user: call.caller.user.id,
      name: said.display_name ?? null,
      description: said.display_description ?? null,
      metadata: {},
      isInUseAllowed: isTrue(oslo, said.force),
      now: call.now,
    });
    return { snapshot: snapshotShown(taken) };
  },
});
