import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { changeAggregate, hostBody } from "./changing-aggregate.ts";

export const removeAggregateHost = operation({
  id: "compute/remove-aggregate-host",
  service: "compute",
  route: "POST /os-aggregates/{aggregate_id}/action",
  action: "remove_host",
  access: { rule: "os_compute_api:os-aggregates:remove_host", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "ok",
  body: {
    type: "object",
    properties: { remove_host: hostBody },
    required: ["remove_host"],
    additionalProperties: false,
  },
  run(call, environment) {
    const { host } = call.body.remove_host;
    return changeAggregate(environment.backend(), call, ({ number, hosts }) => {
      if (!hosts.includes(host))
        throw notFound(
          "aggregate",
          String(number),
          `Cannot remove host ${host} in aggregate ${number}`,
        );
      return { hosts: hosts.filter((one) => one !== host) };
    });
  },
});
