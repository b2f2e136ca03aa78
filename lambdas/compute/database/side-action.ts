import { conflict, Fault, notFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import type { Table } from "../../database/table.ts";
import { type Fragment, update } from "../../database/update.ts";
import type { Servers } from "../../ports/backend.ts";
import { lost, optimistic } from "../../ports/optimistic.ts";
import { actionVerbs } from "../model/action-verbs.ts";
import type { Requester } from "../model/instance-action.ts";
import { checkPreconditions, isDeleted } from "../model/lifecycle.ts";
import { type SideAction, sideActionRow } from "../model/side-action.ts";
import { appendLine, encodeRequesterLine, ensureLogRoom, hasLine } from "./instance-action-log.ts";
import { preconditionFragment } from "./precondition.ts";
import { decodeServer, serverKey } from "./server-item.ts";

interface SideActionCall {
  readonly table: Table;
  readonly project: string;
  readonly id: string;
  readonly sideAction: SideAction;
  readonly now: Instant;
  readonly by: Requester;
}

/**
 * Runs a side action and logs it by one conditional update. On a refused condition, `isBlocked`
 * receives the stored item: it throws, or returns whether to stop retrying. Returns whether the
 * action ran. Throws `no-such` and `raced`.
 */
export async function recordSideAction(
  { table, project, id, sideAction, now, by }: SideActionCall,
  effect: Fragment,
  isBlocked: (seen: Item) => boolean,
): Promise<boolean> {
  const line = encodeRequesterLine(sideAction, now, by, project);
  let log = appendLine(line);
  return optimistic<boolean>(async () => {
    const fragments = [existsFragment(now), log, effect];
    const outcome = await update(table, serverKey(project, id), fragments);
    if (outcome.updated) return true;
    const seen = await outcome.seen();
    // looked up as by os-start (measured on Nova 26.2.2, E-32)
    if (!seen)
      throw notFound(sideActionRow(sideAction).preconditions ? "cell-mapping" : "server", id);
    if (isDeleted(decodeServer(seen).motion, now)) throw notFound("server", id);
    // the response of the first attempt was lost
    if (hasLine(seen, line)) return true;
    if (isBlocked(seen)) return false;
    log = (await ensureLogRoom(seen, table))(line);
    return lost;
  });
}

const existsFragment = (now: Instant): Fragment => ({
  when: ["attribute_exists(pk)", "(#to <> :deleted OR #due > :now)"],
  names: { "#to": "to", "#due": "due" },
  values: { ":deleted": { S: "deleted" }, ":now": { N: String(now) } },
});

/** Side actions that only log. */
export const sideActionsIn = (table: Table): Pick<Servers, "recordAction"> => ({
  async recordAction(project, id, sideAction, now, by) {
    const { preconditions } = sideActionRow(sideAction);
    const precondition = preconditions && preconditionFragment(preconditions);
    const canOverrideLock = by.canOverrideLock || !preconditions;
    await recordSideAction(
      { table, project, id, sideAction, now, by },
      {
        ...precondition,
        when: [
          ...(precondition?.when ?? []),
          ...(canOverrideLock ? [] : ["attribute_not_exists(lockedBy)"]),
        ],
      },
      (seen) => {
        const server = decodeServer(seen);
        if (server.lock && !canOverrideLock) throw conflict(`Instance ${id} is locked`);
        const failure = preconditions && checkPreconditions(preconditions, server, now);
        if (failure?.attribute === "host") throw new Fault({ kind: "not-ready", id });
        if (failure?.attribute === "launched_at")
          throw new Fault({ kind: "never-launched", id, verb: actionVerbs[sideAction] });
        if (failure)
          throw new Fault({ kind: "wrong-state", id, verb: actionVerbs[sideAction], ...failure });
        return false;
      },
    );
  },
});
