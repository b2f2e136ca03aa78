import { toIsoSeconds } from "../../../core/times.ts";
import type { Spoken } from "../../../http/dialect.ts";
import { observe, type TaskState, type VmState } from "../../model/lifecycle.ts";
import { powerState, type Server } from "../../model/server.ts";

type Collection = "servers" | "flavors" | "images";

export const selfHref = ({ origin, door }: Spoken, collection: Collection, id: string): string =>
  `${origin}${door}/${collection}/${encodeURIComponent(id)}/`;

/** The one link of a FlexCloud resource ends in a slash (S3-09). */
export const selfLinks = (spoken: Spoken, collection: Collection, id: string) => [
  { href: selfHref(spoken, collection, id), rel: "self" },
];

/** The sixteen keys of document S3, in its order, and no other (S3-34). */
export function serverView(server: Server, spoken: Spoken) {
  const { now } = spoken;
  const { motion, image, flavor } = server;
  const seen = observe(motion, now);
  const pending = seen.vm === "building";
  const unreachable = pending || server.launched === null;
  return {
    status: statusOf(seen, powerState(motion, now)),
    updated: null,
    hostId: pending ? "" : server.host,
    addresses: {
      public: unreachable ? [] : [{ version: 4, addr: server.publicIPv4 }],
      private: unreachable
        ? []
        : server.addresses
            .filter(({ version }) => version === 4)
            .map(({ addr }) => ({ version: 4, addr })),
    },
    links: selfLinks(spoken, "servers", server.id),
    image: image
      ? { name: image.name, links: selfLinks(spoken, "images", image.id), id: image.id }
      : { name: "", links: [], id: "" },
    userId: server.user,
    flavor: flavor
      ? {
          name: flavor.name,
          links: selfLinks(spoken, "flavors", flavor.id),
          id: flavorId(flavor.id),
        }
      : { name: "", links: [], id: "" },
    id: server.id,
    name: server.name,
    created: pending ? "" : toIsoSeconds(server.created),
    tenantId: null,
    accessIPv4: server.accessIPv4 || (unreachable ? "" : server.publicIPv4),
    accessIPv6: null,
    progress: pending ? (seen.task === "spawning" ? 50 : 0) : 100,
    metadata: {},
  };
}

/** A number where it is all digits, as the document's first sample has it (S3-31). */
export const flavorId = (id: string): string | number => (/^\d+$/.test(id) ? Number(id) : id);

const statuses: Partial<Record<VmState, string>> = {
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
const shutDown = 4;

/**
 * The document's five values, and the two that Hostway added later (facts/dialects.md §1.3). Nobody
 * confirms a resize there: a server that has been resized is what it is otherwise.
 */
function statusOf({ vm, task }: { vm: VmState; task: TaskState | null }, power: number): string {
  if (task !== null && vm !== "building") return "PROCESSING";
  if (vm === "resized") return power === shutDown ? "STOPPED" : "ACTIVE";
  return statuses[vm] ?? "UNKNOWN";
}
