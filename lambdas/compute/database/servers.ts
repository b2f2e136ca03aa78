import { Fault } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import type { Item } from "../../database/item.ts";
import type { Table } from "../../database/table.ts";
import { readItem, update } from "../../database/update.ts";
import type { Servers } from "../../ports/backend.ts";
import { toInstanceActions } from "../model/instance-action.ts";
import { isDeleted } from "../model/lifecycle.ts";
import { addResources, noResources, reservedBy } from "../model/quota.ts";
import { type Server, type ServerUpdate, serverAt } from "../model/server.ts";
import { deleteSideItems, getBootData, insertServers, putBootData } from "./create-servers.ts";
import { readArchivedLogs, startedActions } from "./instance-action-log.ts";
import { serverLister } from "./list-servers.ts";
import { updateNetworkInfo } from "./network-info.ts";
import { quotaUsageIn } from "./quota-usage.ts";
import { derivedFromName } from "./server-changes.ts";
import { decodeServer, serverKey, serverLocatorKey, toTextAttribute } from "./server-item.ts";
import { locksIn } from "./server-lock.ts";
import { sideActionsIn } from "./side-action.ts";
import { transition } from "./transition.ts";

export function serversIn(table: Table): Servers {
  const list = serverLister(table);
  const usage = quotaUsageIn(table, async (project, now) => {
    const all = {
      project,
      limit: Number.POSITIVE_INFINITY,
      includeDeleted: false,
      matches: () => true,
    };
    return (await list(all, now)).map(reservedBy).reduce(addResources, noResources);
  });

  async function get(project: string, id: string, now: Instant): Promise<Server> {
    const item = await readItem(table, serverKey(project, id));
    const server = item && serverAt(decodeServer(item), now);
    if (!server || isDeleted(server.motion, now)) throw serverNotFound(id);
    return server;
  }

  return {
    get,
    list,
    getBootData: (project, id) => getBootData(table, project, id),
    putBootData: (project, id, boot) => putBootData(table, project, id, boot),
    getUsage: usage.used,

    async getProjectId(id) {
      const item = await readItem(table, serverLocatorKey(id));
      if (!item?.["project"]?.S) throw serverNotFound(id);
      return item["project"].S;
    },

    async getHistory(project, id, now) {
      const item = await readItem(table, serverKey(project, id));
      if (!item) throw serverNotFound(id);
      const server = serverAt(decodeServer(item), now);
      const items = [...(await readArchivedLogs(table, item)), item];
      return {
        server,
        actions: toInstanceActions(startedActions(items, server), server.motion, now),
      };
    },

    reserveServers: (project, perServer, { minCount, maxCount, ...rest }) =>
      usage.reserve(project, perServer, { least: minCount, most: maxCount, ...rest }),

    insert: (servers, { ports, bootData, by }) =>
      insertServers(table, servers, { boot: bootData, ports, request: by.request }),

    updateNetworkInfo: (project, id, compute, record) =>
      updateNetworkInfo(table, project, id, compute, record),

    async update(project, id, fields: ServerUpdate, now) {
      const changes = Object.entries(fields);
      // a missing one equals the old name (server-item.ts)
      const derived =
        fields.name === undefined
          ? []
          : derivedFromName.filter((field) => fields[field] === undefined);
      const outcome = await update(
        table,
        serverKey(project, id),
        [
          {
            set: [
              ...["updated", ...changes.map(([name]) => name)].map((one) => `#${one} = :${one}`),
              ...derived.map((one) => `#${one} = if_not_exists(#${one}, #name)`),
            ],
            when: ["attribute_exists(pk)", "(#to <> :deleted OR #due > :updated)"],
            names: Object.fromEntries(
              ["updated", "to", "due", ...changes.map(([name]) => name), ...derived].map((one) => [
                `#${one}`,
                one,
              ]),
            ),
            values: {
              ...Object.fromEntries(
                changes.map(([name, value]) => [`:${name}`, toTextAttribute(value)]),
              ),
              ":updated": { N: String(now) },
              ":deleted": { S: "deleted" },
            },
          },
        ],
        { returns: "ALL_NEW" },
      );
      if (!outcome.updated) throw serverNotFound(id, outcome.cause);
      return serverAt(decodeServer(outcome.item as Item), now);
    },

    async transition(project, id, action, now, by) {
      await transition(table, project, id, action, now, by);
    },

    async transitionWith(project, id, action, now, by, planChange) {
      const item = await transition(table, project, id, action, now, by, planChange);
      return serverAt(decodeServer(item as Item), now);
    },

    async reserveQuota(project, more, now, limits) {
      await usage.reserve(project, more, { least: 1, most: 1, now, limits });
    },

    releaseQuota: usage.release,

    ...locksIn(table),
    ...sideActionsIn(table),

    async remove(project, id, now, by) {
      let item: Item | undefined;
      try {
        item = await transition(table, project, id, "delete", now, by);
      } catch (cause) {
        if (cause instanceof Fault && isBeingDeleted(cause)) return null;
        throw cause;
      }
      const removed = decodeServer(item as Item);
      await Promise.all([
        usage.release(project, reservedBy(removed), now),
        deleteSideItems(table, item as Item, now),
      ]);
      return removed;
    },
  };
}

const serverNotFound = (id: string, cause?: Error): Fault =>
  new Fault({ kind: "no-such", what: "server", id }, { cause });

const isBeingDeleted = ({ refusal }: Fault): boolean =>
  refusal.kind === "wrong-state" && refusal.state === "deleting";
