import { operation } from "../../http/operation.ts";
import { stringListSchema } from "../../http/schema-fields.ts";
import { findServices, getHosts } from "../repositories/hosts.ts";
import { serviceView } from "./service-view.ts";

export const listNovaServices = operation({
  id: "compute/list-nova-services",
  service: "compute",
  route: "GET /os-services",
  access: { rule: "os_compute_api:os-services:list", role: "admin" },
  dynamoCalls: ["Scan", "Query"],
  answer: "ok",
  query: {
    type: "object",
    properties: { host: stringListSchema, binary: stringListSchema },
    closedSince: 75,
  },
  async run({ query, microversion, now }, environment) {
    const matchesParameter = (name: string, value: string) =>
      [null, "", value].includes(query.get(name));
    const services = findServices(await getHosts(environment.backend(), now));
    return {
      services: services
        .filter(
          ({ host, binary }) =>
            matchesParameter("host", host) && matchesParameter("binary", binary),
        )
        .map((service) => serviceView(service, microversion, now)),
    };
  },
});
