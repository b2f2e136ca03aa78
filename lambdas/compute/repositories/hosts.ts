import { groupBy } from "../../core/group-by.ts";
import type { Instant } from "../../core/instant.ts";
import type { Backend } from "../../ports/backend.ts";
import type { Collection, Records } from "../../ports/records.ts";
import { zoneOf } from "../model/aggregate.ts";
import { hostNumber } from "../model/host.ts";
import { hostNames } from "../model/host-filters.ts";
import { isOnHost, observe } from "../model/lifecycle.ts";
import { diskGib, type Server } from "../model/server.ts";
import { aggregates } from "./aggregates.ts";

/** Nova's zone of its own services. */
export const internalZone = "internal";

/** A simulated host with the capacity of Nova's fake driver. */
export interface Host {
  readonly name: string;
  readonly number: number;
  readonly servers: readonly Server[];
  readonly service: NovaService;
}

/** Set by administrators. */
export interface ServiceState {
  readonly disabled: boolean;
  readonly reason: string | null;
  readonly forcedDown: boolean;
}

export interface NovaService extends ServiceState {
  readonly number: number;
  readonly uuid: string;
  readonly binary: string;
  readonly host: string;
  readonly zone: string;
}

export const defaultServiceState: ServiceState = {
  disabled: false,
  reason: null,
  forcedDown: false,
};

/** Compute services only, by host. */
export const serviceStates: Collection<ServiceState & { readonly host: string }> = {
  name: "SERVICES",
};
/**
 * nova/servicegroup/api.py service_is_up.
 * @calls GetItem
 */
export const isServiceUp = async (records: Records, host: string): Promise<boolean> =>
  !(await records.get(serviceStates, host))?.forcedDown;
/** The host of the scheduler and the conductor. */
const controllerHost = "novaless";

const fixedUuid = (kind: string, number: number): string =>
  `${kind}-0000-4000-8000-${String(number).padStart(12, "0")}`;

export const hypervisorUuid = ({ number }: Host): string => fixedUuid("c09b0de0", number);

/** @calls Scan, Query, Query */
export async function getHosts({ servers, records }: Backend, now: Instant): Promise<Host[]> {
  const [allServers, states, allAggregates] = await Promise.all([
    servers.list(
      {
        project: null,
        limit: Number.POSITIVE_INFINITY,
        includeDeleted: false,
        matches: () => true,
      },
      now,
    ),
    records.all(serviceStates),
    records.all(aggregates),
  ]);
  const serversByHost = groupBy(
    allServers.filter((server) => isOnHost(server, now)),
    ({ host }) => host,
  );
  const names = [...new Set([...hostNames, ...serversByHost.keys()])].filter((name) => name !== "");
  return names
    .map((name) => ({
      name,
      number: hostNumber(name),
      servers: serversByHost.get(name) ?? [],
      service: {
        ...defaultServiceState,
        ...states.find(({ host }) => host === name),
        // the scheduler and the conductor are 1 and 2
        number: hostNumber(name) + 2,
        uuid: fixedUuid("5e41ce00", hostNumber(name) + 2),
        binary: "nova-compute",
        host: name,
        zone: zoneOf(name, allAggregates),
      },
    }))
    .sort((one, other) => one.number - other.number);
}

export const findServices = (hosts: readonly Host[]): NovaService[] => [
  ...["nova-scheduler", "nova-conductor"].map((binary, index) => ({
    ...defaultServiceState,
    number: index + 1,
    uuid: fixedUuid("5e41ce00", index + 1),
    binary,
    host: controllerHost,
    zone: internalZone,
  })),
  ...hosts.map(({ service }) => service),
];

export const resourcesUsedOn = ({ servers }: Host, now: Instant) => ({
  vcpus: sumOverServers(servers, ({ flavor }) => flavor?.vcpus ?? 0),
  memory: sumOverServers(servers, ({ flavor }) => flavor?.ram ?? 0),
  disk: sumOverServers(servers, diskGib),
  runningServers: servers.length,
  busyServers: servers.filter(({ motion }) => observe(motion, now).task !== null).length,
});

const sumOverServers = (servers: readonly Server[], amountOf: (server: Server) => number): number =>
  servers.reduce((total, server) => total + amountOf(server), 0);
