import { operation } from "../../http/operation.ts";
import { stringListSchema } from "../../http/schema-fields.ts";
import { findServices, getHosts } from "../repositories/hosts.ts";

export const listHosts = operation({
  id: "compute/list-hosts",
  service: "compute",
  route: "GET /os-hosts",
  access: { rule: "os_compute_api:os-hosts:list", role: "admin" },
  versions: { until: 42 },
  dynamoCalls: ["Scan", "Query"],
  answer: "ok",
  query: { type: "object", properties: { zone: stringListSchema }, additionalProperties: true },
  async run({ query, now }, environment) {
    const requestedZone = query.get("zone") || null;
    const services = findServices(await getHosts(environment.backend(), now));
    return {
      hosts: services
        .filter(
          ({ disabled, zone }) => !disabled && (requestedZone === null || zone === requestedZone),
        )
        .map(({ host, binary, zone }) => ({
          host_name: host,
          service: binary.replace("nova-", ""),
          zone,
        })),
    };
  },
});
