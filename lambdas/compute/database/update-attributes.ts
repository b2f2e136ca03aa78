import type { ReturnValue } from "@aws-sdk/client-dynamodb";
import { Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import type { Table } from "../../database/table.ts";
import { type Fragment, readItem, update } from "../../database/update.ts";
import { lost, optimistic } from "../../ports/optimistic.ts";
import { actionVerbs, type SideChange } from "../model/action-verbs.ts";
import { isDeleted, observe, type VmState } from "../model/lifecycle.ts";
import { decodeServer, serverKey } from "./server-item.ts";

/** vm_states for changes, with any task (E-13, nova/api/openstack/compute/server_tags.py:55). */
const changeableStates = ["active", "paused", "suspended", "stopped"] as const satisfies VmState[];

export interface UpdateAttributesOptions {
  readonly table: Table;
  readonly project: string;
  readonly id: string;
  readonly now: Instant;
  readonly sideChange: SideChange;
  readonly canOverrideLock: boolean;
  readonly returnValues: ReturnValue;
}

/**
 * Changes side attributes by one conditional update. `planChange` gets null before a read, and
 * returns null to require one; after a refused condition it gets the stored item, and throws or
 * returns the next attempt. Returns the attributes of `returnValues`. Throws `no-such`, `conflict`,
 * `wrong-state` and `raced`.
 */
export async function updateAttributes(
  { table, project, id, now, sideChange, canOverrideLock, returnValues }: UpdateAttributesOptions,
  planChange: (seen: Item | null) => Fragment | null,
): Promise<Item> {
  const key = serverKey(project, id);
  let next = planChange(null) ?? planChange(assertChangeable(await readItem(table, key)));
  return optimistic<Item>(async () => {
    if (!next) return lost;
    const fragments = [
      changeableFragment(now),
      ...(canOverrideLock ? [] : [unlockedFragment]),
      next,
    ];
    const outcome = await update(table, key, fragments, { returns: returnValues });
    if (outcome.updated) return outcome.item ?? {};
    next = planChange(assertChangeable(await outcome.seen()));
    return lost;
  });

  function assertChangeable(item: Item | undefined): Item {
    if (!item) throw notFound("server", id);
    const { motion } = decodeServer(item);
    if (isDeleted(motion, now)) throw notFound("server", id);
    if (!canOverrideLock && item[lockedAttribute])
      throw new Fault({ kind: "conflict", reason: `Instance ${id} is locked` });
    const { vm } = observe(motion, now);
    if (changeableStates.some((state) => state === vm)) return item;
    throw new Fault({
      kind: "wrong-state",
      id,
      verb: actionVerbs[sideChange],
      attribute: "vm_state",
      state: vm,
    });
  }
}

/** Present on a locked server (E-05). */
const lockedAttribute = "lockedBy";

const unlockedFragment: Fragment = {
  when: ["attribute_not_exists(#lockedBy)"],
  names: { "#lockedBy": lockedAttribute },
};

const statePlaceholders = changeableStates.map((_, i) => `:settled${i}`).join(", ");
const changeableFragment = (now: Instant): Fragment => ({
  when: [
    `((#due <= :now AND #to IN (${statePlaceholders})) OR (#due > :now AND #from IN (${statePlaceholders})))`,
  ],
  names: { "#due": "due", "#to": "to", "#from": "from" },
  values: {
    ":now": { N: String(now) },
    ...Object.fromEntries(changeableStates.map((state, i) => [`:settled${i}`, { S: state }])),
  },
});
