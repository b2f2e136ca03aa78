import { badRequest, conflict, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { hostnameSchema } from "../../http/schema-fields.ts";
import { type Aggregate, zoneKey } from "../model/aggregate.ts";
import { invalidateHostStates } from "../repositories/host-states.ts";
import { getHosts } from "../repositories/hosts.ts";
import { aggregateView } from "./aggregate-view.ts";
import { findZoneChangeConflict, findZoneConflict, getAggregate } from "./aggregate-zone.ts";
import { changeAggregateRecord } from "./find-aggregate.ts";

const hostBody = {
  type: "object",
  properties: { host: hostnameSchema },
  required: ["host"],
  additionalProperties: false,
} as const;

const setMetadataBody = {
  type: "object",
  properties: {
    metadata: {
      type: "object",
      patternProperties: {
        "^[a-zA-Z0-9-_:. ]{1,255}$": { type: ["string", "null"], maxLength: 255 },
      },
      additionalProperties: false,
    },
  },
  required: ["metadata"],
  additionalProperties: false,
} as const;

/** Adds a host, removes one, or sets metadata (nova/api/openstack/compute/aggregates.py). */
export const changeAggregate = operation({
  id: "compute/change-aggregate",
  service: "compute",
  route: "POST /os-aggregates/{aggregate_id}/action",
  access: { rule: "os_compute_api:os-aggregates:add_host", role: "admin" },
  dynamoCalls: ["Scan", "Query", "GetItem", "PutItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: { add_host: hostBody, remove_host: hostBody, set_metadata: setMetadataBody },
    additionalProperties: true,
  },
  async run({ path: { aggregate_id: id }, body, microversion, now }, environment) {
    const { add_host, remove_host, set_metadata, ...others } = body;
    const [unknownAction] = Object.keys(others);
    if (unknownAction !== undefined) throw badRequest(`There is no such action: ${unknownAction}`);
    const backend = environment.backend();
    if (add_host && !(await getHosts(backend, now)).some(({ name }) => name === add_host.host))
      throw notFound("hypervisor", id, `Compute host ${add_host.host} could not be found.`);
    await assertZoneAllowed();
    const aggregate = await changeAggregateRecord(backend.records, id, (was) => {
      const updated = { ...was, updated: now };
      if (add_host) return { ...updated, hosts: withHost(was, add_host.host) };
      if (remove_host) return { ...updated, hosts: withoutHost(was, remove_host.host) };
      if (set_metadata)
        return { ...updated, metadata: mergeAggregateMetadata(was, set_metadata.metadata) };
      throw badRequest("Malformed request body");
    });
    invalidateHostStates(backend.records);
    return { aggregate: aggregateView(aggregate, microversion) };

    /** A host is in one zone only, and a host with servers keeps its zone. */
    async function assertZoneAllowed(): Promise<void> {
      const was = await getAggregate(backend, id);
      const zone = was.metadata[zoneKey];
      if (add_host && zone) {
        const reason = await findZoneConflict(backend, was, zone, [add_host.host]);
        if (reason !== null)
          throw conflict(`Cannot add host to aggregate ${was.number}. Reason: ${reason}.`);
      }
      const newMetadata = set_metadata?.metadata ?? {};
      if (!Object.hasOwn(newMetadata, zoneKey)) return;
      const reason = await findZoneChangeConflict(backend, was, newMetadata[zoneKey], now);
      if (reason === null) return;
      throw badRequest(`Cannot update metadata of aggregate ${was.number}. Reason: ${reason}.`);
    }
  },
});

function withHost({ number, hosts }: Aggregate, host: string): string[] {
  if (hosts.includes(host)) throw conflict(`Aggregate ${number} already has host ${host}.`);
  return [...hosts, host];
}

function withoutHost({ number, hosts }: Aggregate, host: string): string[] {
  if (!hosts.includes(host))
    throw notFound(
      "aggregate",
      String(number),
      `Cannot remove host ${host} in aggregate ${number}`,
    );
  return hosts.filter((one) => one !== host);
}

/** null removes a member. */
function mergeAggregateMetadata(
  { metadata }: Aggregate,
  changes: Readonly<Record<string, unknown>>,
) {
  const all = Object.entries({ ...metadata, ...changes });
  return Object.fromEntries(
    all.flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])),
  );
}
