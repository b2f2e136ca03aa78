import { toIsoSeconds } from "../../../core/times.ts";
import type { RequestContext } from "../../../http/dialect.ts";
import { observe, type TaskState, type VmState } from "../../model/lifecycle.ts";
import { powerStateAt, type Server } from "../../model/server.ts";

type LinkedCollection = "servers" | "flavors" | "images";

export const flexcloudSelfHref = (
  { origin, mountPath }: RequestContext,
  collection: LinkedCollection,
  id: string,
): string => `${origin}${mountPath}/${collection}/${encodeURIComponent(id)}/`;

/** The link of a FlexCloud resource ends in a slash (S3-09). */
export const flexcloudSelfLinks = (
  context: RequestContext,
  collection: LinkedCollection,
  id: string,
) => [{ href: flexcloudSelfHref(context, collection, id), rel: "self" }];

/** The sixteen members of document S3, in its order (S3-34). */
export function flexcloudServerView(server: Server, context: RequestContext) {
  const { now } = context;
  const { motion, image, flavor } = server;
  const seen = observe(motion, now);
  const isPending = seen.vm === "building";
  const isUnreachable = isPending || server.launched === null;
  return {
    status: flexcloudStatus(seen, powerStateAt(motion, now)),
    updated: null,
    hostId: isPending ? "" : server.host,
    addresses: {
      public: isUnreachable ? [] : [{ version: 4, addr: server.publicIPv4 }],
      private: isUnreachable
        ? []
        : server.addresses
            .filter(({ version }) => version === 4)
            .map(({ addr }) => ({ version: 4, addr })),
    },
    links: flexcloudSelfLinks(context, "servers", server.id),
    image: image
      ? { name: image.name, links: flexcloudSelfLinks(context, "images", image.id), id: image.id }
      : { name: "", links: [], id: "" },
    userId: server.user,
    flavor: flavor
      ? {
          name: flavor.name,
          links: flexcloudSelfLinks(context, "flavors", flavor.id),
          id: flexcloudFlavorId(flavor.id),
        }
      : { name: "", links: [], id: "" },
    id: server.id,
    name: server.name,
    created: isPending ? "" : toIsoSeconds(server.created),
    tenantId: null,
    accessIPv4: server.accessIPv4 || (isUnreachable ? "" : server.publicIPv4),
    accessIPv6: null,
    progress: isPending ? (seen.task === "spawning" ? 50 : 0) : 100,
    metadata: {},
  };
}

/** A number where the id is all digits, as in the document's first sample (S3-31). */
export const flexcloudFlavorId = (id: string): string | number =>
  /^\d+$/.test(id) ? Number(id) : id;

const flexcloudStatuses: Partial<Record<VmState, string>> = {
  building: "BUILD",
  active: "ACTIVE",
  stopped: "STOPPED",
  paused: "SUSPENDED",
  suspended: "SUSPENDED",
  rescued: "SUSPENDED",
  shelved: "SUSPENDED",
  shelved_offloaded: "SUSPENDED",
  deleted: "DELETED",
  "soft-delete": "DELETED",
};

/** nova/objects/fields.py InstancePowerState. */
const shutdownPowerState = 4;

/**
 * The document's five statuses, and two that Hostway added later. A resized server has its
 * underlying status: FlexCloud has no confirmation.
 */
function flexcloudStatus(
  { vm, task }: { vm: VmState; task: TaskState | null },
  power: number,
): string {
  if (task !== null && vm !== "building") return "PROCESSING";
  if (vm === "resized") return power === shutdownPowerState ? "STOPPED" : "ACTIVE";
  return flexcloudStatuses[vm] ?? "UNKNOWN";
}
