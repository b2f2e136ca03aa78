import { grouped } from "../../core/group-by.ts";
import type { Instant } from "../../core/instant.ts";
import type { Backend } from "../../ports/backend.ts";
import type { Records, Shelf } from "../../ports/records.ts";
import { zoneOf } from "../model/aggregate.ts";
import { numberIn } from "../model/host.ts";
import { hostNames } from "../model/host-filters.ts";
import { observe, placed } from "../model/lifecycle.ts";
import { diskOf, type Server } from "../model/server.ts";
import { aggregates } from "./aggregates.ts";

/** The one that Nova keeps for itself. */
export const internalZone = "internal";

/** A machine that servers are said to be on. There is none: what it has is what Nova's fake driver says. */
export interface Host {
  readonly name: string;
  readonly number: number;
  readonly servers: readonly Server[];
  readonly service: Service;
}

/** What an administrator has said of a service. */
export interface ServiceState {
  readonly disabled: boolean;
  readonly reason: string | null;
  readonly forcedDown: boolean;
}

export interface Service extends ServiceState {
  readonly number: number;
  readonly uuid: string;
  readonly binary: string;
  readonly host: string;
  readonly zone: string;
}

export const untouched: ServiceState = { disabled: false, reason: null, forcedDown: false };

/** By the host; of compute services alone, the only ones that can be told anything. */
export const serviceStates: Shelf<ServiceState & { readonly host: string }> = { name: "SERVICES" };
/** nova/servicegroup/api.py service_is_up; those nobody has forced down are up. (GetItem) */
export const isUp = async (records: Records, host: string): Promise<boolean> =>
  !(await records.get(serviceStates, host))?.forcedDown;
/** Where what is no hypervisor runs. */
const controller = "novaless";

const uuid = (kind: string, number: number): string =>
  `${kind}-0000-4000-8000-${String(number).padStart(12, "0")}`;

export const hypervisorUuid = ({ number }: Host): string => uuid("c09b0de0", number);

/** The hosts there are, with the servers they have. (Scan, Query, Query) */
export async function hostsIn({ servers, records }: Backend, now: Instant): Promise<Host[]> {
  const [all, states, gathered] = await Promise.all([
    servers.list(
      { project: null, limit: Number.POSITIVE_INFINITY, gone: false, keep: () => true },
      now,
    ),
    records.all(serviceStates),
    records.all(aggregates),
  ]);
  const on = grouped(
    all.filter((server) => placed(server, now)),
    ({ host }) => host,
  );
  const names = [...new Set([...hostNames, ...on.keys()])].filter((name) => name !== "");
  return names
    .map((name) => ({
      name,
      number: numberIn(name),
      servers: on.get(name) ?? [],
      service: {
        ...untouched,
        ...states.find(({ host }) => host === name),
        // the scheduler and the conductor come before
        number: numberIn(name) + 2,
        uuid: uuid("5e41ce00", numberIn(name) + 2),
        binary: "nova-compute",
        host: name,
        zone: zoneOf(name, gathered),
      },
    }))
    .sort((one, other) => one.number - other.number);
}

/** Every service there is said to be. */
export const servicesOn = (hosts: readonly Host[]): Service[] => [
  ...["nova-scheduler", "nova-conductor"].map((binary, index) => ({
    ...untouched,
    number: index + 1,
    uuid: uuid("5e41ce00", index + 1),
    binary,
    host: controller,
    zone: internalZone,
  })),
  ...hosts.map(({ service }) => service),
];

/** What the servers of a host use of it. */
export const usedOn = ({ servers }: Host, now: Instant) => ({
  vcpus: sum(servers, ({ flavor }) => flavor?.vcpus ?? 0),
  memory: sum(servers, ({ flavor }) => flavor?.ram ?? 0),
  disk: sum(servers, diskOf),
  running: servers.length,
  working: servers.filter(({ motion }) => observe(motion, now).task !== null).length,
});

const sum = (servers: readonly Server[], of: (server: Server) => number): number =>
  servers.reduce((total, server) => total + of(server), 0);
