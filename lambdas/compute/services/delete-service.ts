import { badRequest, conflict, notFound } from "../../core/fault.ts";
import { isUuid } from "../../core/uuid.ts";
import { operation } from "../../http/operation.ts";
import { invalidateHostStates } from "../repositories/host-states.ts";
import { findServices, getHosts, serviceStates } from "../repositories/hosts.ts";

/** The running service reports again at once. */
export const deleteService = operation({
  id: "compute/delete-service",
  service: "compute",
  route: "DELETE /os-services/{service_id}",
  access: { rule: "os_compute_api:os-services:delete", role: "admin" },
  dynamoCalls: ["Scan", "Query", "DeleteItem"],
  answer: "deleted",
  async run({ path: { service_id: id }, microversion, now }, environment) {
    if (microversion >= 53 && !isUuid(id)) throw badRequest(`Invalid uuid ${id}`);
    if (microversion < 53 && !/^\d+$/.test(id))
      throw badRequest("Invalid input received: id must be an integer");
    const hosts = await getHosts(environment.backend(), now);
    const service = findServices(hosts).find(({ number, uuid }) =>
      microversion < 53 ? String(number) === id : uuid === id.toLowerCase(),
    );
    if (!service) throw notFound("service", id, `Service ${id} not found.`);
    if (hosts.some(({ name, servers }) => name === service.host && servers.length > 0))
      throw conflict(
        "Unable to delete compute service that is hosting instances. Migrate or delete the instances first.",
      );
    await environment.backend().records.remove(serviceStates, service.host);
    invalidateHostStates(environment.backend().records);
    return undefined;
  },
});
