import { conflict, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { zoneKey } from "../model/aggregate.ts";
import { getHosts } from "../repositories/hosts.ts";
import { findZoneConflict, getAggregate } from "./aggregate-zone.ts";
import { changeAggregate, hostBody } from "./changing-aggregate.ts";

/** A host is in one availability zone only. */
export const addAggregateHost = operation({
  id: "compute/add-aggregate-host",
  service: "compute",
  route: "POST /os-aggregates/{aggregate_id}/action",
  action: "add_host",
  access: { rule: "os_compute_api:os-aggregates:add_host", role: "admin" },
  dynamoCalls: ["Scan", "Query", "GetItem", "PutItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: { add_host: hostBody },
    required: ["add_host"],
    additionalProperties: false,
  },
  async run(call, environment) {
    const backend = environment.backend();
    const id = call.path.aggregate_id;
    const { host } = call.body.add_host;
    if (!(await getHosts(backend, call.now)).some(({ name }) => name === host))
      throw notFound("hypervisor", id, `Compute host ${host} could not be found.`);
    const aggregate = await getAggregate(backend, id);
    const zone = aggregate.metadata[zoneKey];
    const reason = zone ? await findZoneConflict(backend, aggregate, zone, [host]) : null;
    if (reason !== null)
      throw conflict(`Cannot add host to aggregate ${aggregate.number}. Reason: ${reason}.`);
    return changeAggregate(backend, call, ({ number, hosts }) => {
      if (hosts.includes(host)) throw conflict(`Aggregate ${number} already has host ${host}.`);
      return { hosts: [...hosts, host] };
    });
  },
});
