import { Fault, notFound, type ResourceKind } from "../../core/fault.ts";
import type { ProjectScope } from "../../core/project-scope.ts";
import type { Records } from "../../ports/records.ts";
import type { StandardAttributes } from "../model/network.ts";
import { floatingIpsIn } from "../repositories/floating-ips.ts";
import { getNetwork, getSubnet, networksIn } from "../repositories/networks.ts";
import { portsIn } from "../repositories/ports.ts";
import { routersIn } from "../repositories/routers.ts";
import { securityGroupsIn } from "../repositories/security-groups.ts";
import { assertOwner, type NetworkCall, projectScope } from "../resource.ts";

/** Of what has tags, how one is found and how its tags are applyUpdate. */
interface TaggedResource {
  find(records: Records, scope: ProjectScope, id: string): Promise<StandardAttributes>;
  change(
    records: Records,
    of: StandardAttributes,
    to: TagChange,
  ): Promise<StandardAttributes | null>;
}

type TagChange = (was: readonly string[]) => readonly string[];

const withTags = <R extends StandardAttributes>(was: R, to: TagChange): R => ({
  ...was,
  tags: to(was.tags),
});

/** One of those that a project has for itself. */
const owned = <R extends StandardAttributes>(
  collection: (records: Records) => {
    findById(scope: ProjectScope, id: string): Promise<R | null>;
    change(of: StandardAttributes, to: (was: R) => R): Promise<R | null>;
  },
  what: ResourceKind,
): TaggedResource => ({
  async find(records, scope, id) {
    const found = await collection(records).findById(scope, id);
    if (!found) throw notFound(what, id);
    return found;
  },
  change: (records, of, to) => collection(records).change(of, (was) => withTags(was, to)),
});

const collections: Readonly<Record<string, TaggedResource>> = {
  networks: {
    find: (records, scope, id) => getNetwork(records, id, scope),
    change: (records, { id }, to) => networksIn(records).change(id, (was) => withTags(was, to)),
  },
  subnets: {
    find: async (records, scope, id) => (await getSubnet(records, id, scope)).subnet,
    async change(records, { id }, to) {
      const { network } = await getSubnet(records, id, { project: "", allProjects: true });
      const subnets = (
        await networksIn(records).change(network.id, (was) => ({
          ...was,
          subnets: was.subnets.map((one) => (one.id === id ? withTags(one, to) : one)),
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
export async function getTagged(
  records: Records,
  call: NetworkCall,
  path: Path,
): Promise<StandardAttributes> {
  const { find } = collectionOf(path);
  return find(records, projectScope(call), path.resource_id);
}

/** (GetItem or Query, PutItem) */
export async function updateTags(
  records: Records,
  call: NetworkCall,
  { path, to }: { path: Path; to: TagChange },
): Promise<readonly string[]> {
  const of = await getTagged(records, call, path);
  assertOwner(of, call, "update_tags");
  const now = await collectionOf(path).change(records, of, (was) => [...new Set(to(was))].sort());
  return now?.tags ?? [];
}

function collectionOf({ collection }: Path): TaggedResource {
  const found = Object.hasOwn(collections, collection) ? collections[collection] : undefined;
  if (!found) throw new Fault({ kind: "no-such-route" });
  return found;
}

export const tagNotFound = (tag: string) => notFound("tag", tag);
