import type { Instant } from "../../core/instant.ts";
import { cachedRead } from "../../ports/cached-read.ts";
import type { Records } from "../../ports/records.ts";
import { defaultZone, zoneOf } from "../model/aggregate.ts";
import { type HostState, hostNames } from "../model/host-filters.ts";
import { aggregates } from "./aggregates.ts";
import { serviceStates } from "./hosts.ts";

/** Changes by another process show after this time. */
export const hostStateMaxAgeMs = 10_000;

const cachedHostStates = cachedRead(
  hostStateMaxAgeMs,
  async (records): Promise<readonly HostState[]> => {
    const [states, allAggregates] = await Promise.all([
      records.all(serviceStates),
      records.all(aggregates),
    ]);
    return hostNames.map((name) => {
      const state = states.find(({ host }) => host === name);
      return {
        name,
        disabled: state?.disabled ?? false,
        isDown: state?.forcedDown ?? false,
        zone: zoneOf(name, allAggregates),
        aggregates: allAggregates
          .filter(({ hosts }) => hosts.includes(name))
          .map(({ metadata }) => metadata),
      };
    });
  },
);

/** @calls Query, Query (cached) */
export const getHostStates = cachedHostStates.get;

/** @calls Query, Query (cached) */
export const getHostZone = async (records: Records, host: string, now: Instant): Promise<string> =>
  (await getHostStates(records, now)).find(({ name }) => name === host)?.zone ?? defaultZone;

/** Call after changing a service or an aggregate. */
export const invalidateHostStates = cachedHostStates.invalidate;
