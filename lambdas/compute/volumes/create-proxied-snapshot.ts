import { isTrue, oslo } from "../../core/booleans.ts";
import { operation } from "../../http/operation.ts";
import { booleanSchema } from "../../http/schema-fields.ts";
import { projectScopeOf } from "../../volume/request.ts";
import { singleMember } from "../../volume/schema-fields.ts";
import { takeSnapshot } from "../../volume/snapshots/take-snapshot.ts";
import { snapshotShown } from "./proxy-views.ts";

const textSchema = { type: "string" } as const;

export const createProxiedSnapshot = operation({
  id: "compute/create-proxied-snapshot",
  service: "compute",
  route: "POST /os-snapshots",
  access: { rule: "os_compute_api:os-volumes:snapshots:create", role: "member" },
  versions: { until: 35 },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: singleMember("snapshot", {
    type: "object",
    properties: {
      volume_id: textSchema,
      force: booleanSchema,
      display_name: textSchema,
      display_description: textSchema,
    },
    required: ["volume_id"],
    additionalProperties: false,
  }),
  async run(call, environment) {
    const attributes = call.body.snapshot;
    const taken = await takeSnapshot(environment.backend().records, projectScopeOf(call), {
      volume: attributes.volume_id,
      user: call.caller.user.id,
      name: attributes.display_name ?? null,
      description: attributes.display_description ?? null,
      metadata: {},
      isInUseAllowed: isTrue(oslo, attributes.force),
      now: call.now,
    });
    return { snapshot: snapshotShown(taken) };
  },
});
