import { Fault, notFound, type ResourceKind } from "../../core/fault.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import type { Records } from "../../ports/records.ts";
import type { StandardAttributes } from "../model/network.ts";
import { floatingIpsIn } from "../repositories/floating-ips.ts";
import { getNetwork, getSubnet, networksIn } from "../repositories/networks.ts";
import { portsIn } from "../repositories/ports.ts";
import { routersIn } from "../repositories/routers.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";
import { type Asking, reachOf, refuseOthers } from "../resource.ts";

/** Of what has tags, how one is found and how its tags are changed. */
interface Tagged {
  find(records: Records, reach: ProjectScope, id: string): Promise<StandardAttributes>;
  change(records: Records, of: StandardAttributes, to: Retag): Promise<StandardAttributes | null>;
}

type Retag = (was: readonly string[]) => readonly string[];

const retagged = <R extends StandardAttributes>(was: R, to: Retag): R => ({
  ...was,
  tags: to(was.tags),
});

/** One of those that a project has for itself. */
const owned = <R extends StandardAttributes>(
  collection: (records: Records) => {
    findById(reach: ProjectScope, id: string): Promise<R | null>;
    change(of: StandardAttributes, to: (was: R) => R): Promise<R | null>;
  },
  what: ResourceKind,
): Tagged => ({
  async find(records, reach, id) {
    const found = await collection(records).findById(reach, id);
    if (!found) throw notFound(what, id);
    return found;
  },
  change: (records, of, to) => collection(records).change(of, (was) => retagged(was, to)),
});

const collections: Readonly<Record<string, Tagged>> = {
  networks: {
    find: (records, reach, id) => getNetwork(records, id, reach),
    change: (records, { id }, to) => networksIn(records).change(id, (was) => retagged(was, to)),
  },
  subnets: {
    find: async (records, reach, id) => (await getSubnet(records, id, reach)).subnet,
    async change(records, { id }, to) {
      const { network } = await getSubnet(records, id, { project: "", allProjects: true });
      const subnets = (
        await networksIn(records).change(network.id, (was) => ({
          ...was,
          subnets: was.subnets.map((one) => (one.id === id ? retagged(one, to) : one)),
        }))
      )?.subnets;
      return subnets?.find((one) => one.id === id) ?? null;
    },
  },
  ports: owned(portsIn, "port"),
  routers: owned(routersIn, "router"),
  floatingips: owned(floatingIpsIn, "floatingip"),
  "security-groups": owned(securityGroupsIn, "security_group"),
};

interface Path {
  readonly collection: string;
  readonly resource_id: string;
}

/** (GetItem or Query) */
export async function tagsOf(
  records: Records,
  asking: Asking,
  path: Path,
): Promise<StandardAttributes> {
  const { find } = collectionOf(path);
  return find(records, reachOf(asking), path.resource_id);
}

/** (GetItem or Query, PutItem) */
export async function retag(
  records: Records,
  asking: Asking,
  { path, to }: { path: Path; to: Retag },
): Promise<readonly string[]> {
  const of = await tagsOf(records, asking, path);
  refuseOthers(of, asking, "update_tags");
  const now = await collectionOf(path).change(records, of, (was) => [...new Set(to(was))].sort());
  return now?.tags ?? [];
}

function collectionOf({ collection }: Path): Tagged {
  const found = Object.hasOwn(collections, collection) ? collections[collection] : undefined;
  if (!found) throw new Fault({ kind: "no-such-route" });
  return found;
}

export const noTag = (tag: string) => notFound("tag", tag);
