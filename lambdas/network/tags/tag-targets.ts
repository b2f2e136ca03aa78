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

interface TaggedResource {
  find(records: Records, scope: ProjectScope, id: string): Promise<StandardAttributes>;
  change(
    records: Records,
    target: StandardAttributes,
    update: TagChange,
  ): Promise<StandardAttributes | null>;
}

type TagChange = (was: readonly string[]) => readonly string[];

const withTags = <R extends StandardAttributes>(was: R, update: TagChange): R => ({
  ...was,
  tags: update(was.tags),
});

const projectOwned = <R extends StandardAttributes>(
  collection: (records: Records) => {
    findById(scope: ProjectScope, id: string): Promise<R | null>;
    change(target: StandardAttributes, update: (was: R) => R): Promise<R | null>;
  },
  kind: ResourceKind,
): TaggedResource => ({
  async find(records, scope, id) {
    const found = await collection(records).findById(scope, id);
    if (!found) throw notFound(kind, id);
    return found;
  },
  change: (records, target, update) =>
    collection(records).change(target, (was) => withTags(was, update)),
});

const taggedCollections: Readonly<Record<string, TaggedResource>> = {
  networks: {
    find: (records, scope, id) => getNetwork(records, id, scope),
    change: (records, { id }, update) =>
      networksIn(records).change(id, (was) => withTags(was, update)),
  },
  subnets: {
    find: async (records, scope, id) => (await getSubnet(records, id, scope)).subnet,
    async change(records, { id }, update) {
      const { network } = await getSubnet(records, id, { project: "", allProjects: true });
      const subnets = (
        await networksIn(records).change(network.id, (was) => ({
          ...was,
          subnets: was.subnets.map((one) => (one.id === id ? withTags(one, update) : one)),
        }))
      )?.subnets;
      return subnets?.find((one) => one.id === id) ?? null;
    },
  },
  ports: projectOwned(portsIn, "port"),
  routers: projectOwned(routersIn, "router"),
  floatingips: projectOwned(floatingIpsIn, "floatingip"),
  "security-groups": projectOwned(securityGroupsIn, "security_group"),
};

interface Path {
  readonly collection: string;
  readonly resource_id: string;
}

/** @calls GetItem, Query */
export async function getTagged(
  records: Records,
  call: NetworkCall,
  path: Path,
): Promise<StandardAttributes> {
  const { find } = findTaggedResource(path);
  return find(records, projectScope(call), path.resource_id);
}

/** @calls GetItem, Query, PutItem */
export async function updateTags(
  records: Records,
  call: NetworkCall,
  { path, update }: { path: Path; update: TagChange },
): Promise<readonly string[]> {
  const target = await getTagged(records, call, path);
  assertOwner(target, call, "update_tags");
  const updated = await findTaggedResource(path).change(records, target, (was) =>
    [...new Set(update(was))].sort(),
  );
  return updated?.tags ?? [];
}

function findTaggedResource({ collection }: Path): TaggedResource {
  const found = Object.hasOwn(taggedCollections, collection)
    ? taggedCollections[collection]
    : undefined;
  if (!found) throw new Fault({ kind: "no-such-route" });
  return found;
}

export const tagNotFound = (tag: string) => notFound("tag", tag);
