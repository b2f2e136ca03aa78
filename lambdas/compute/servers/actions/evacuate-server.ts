import { isTrue, novaMember } from "../../../core/booleans.ts";
import { badRequest, notFound } from "../../../core/fault.ts";
import { operation } from "../../../http/operation.ts";
import { booleanSchema, hostnameSchema } from "../../../http/schema-fields.ts";
import { hostNames } from "../../model/host-filters.ts";
import { serverAt } from "../../model/server.ts";
import { isServiceUp } from "../../repositories/hosts.ts";
import { selectDestination } from "../../scheduling/select-destinations.ts";
import { getServer } from "../find-server.ts";
import { generatePassword } from "../generate-password.ts";
import { beginMigration, planMigration, requestSpecOf } from "../migrate/begin-migration.ts";

/** nova/api/openstack/compute/schemas/evacuate.py, all five versions. */
const body = {
  type: "object",
  properties: {
    evacuate: {
      type: "object",
      properties: {
        host: hostnameSchema,
        onSharedStorage: { ...booleanSchema, until: 13, neededSince: 1 },
        adminPass: { type: "string" },
        force: { ...booleanSchema, since: 29, until: 67 },
      },
      additionalProperties: false,
    },
  },
  required: ["evacuate"],
  additionalProperties: false,
} as const;

/** Rebuilds on another host; powered off since 2.95. 200, not 202 (E-27). */
export const evacuateServer = operation({
  id: "compute/evacuate-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "evacuate",
  function: "compute/server-action",
  access: { rule: "os_compute_api:os-evacuate", role: "admin" },
  dynamoCalls: ["UpdateItem", "GetItem", "PutItem", "Query"],
  answer: "evacuated",
  body,
  async run(call, environment) {
    const backend = environment.backend();
    const { microversion, now } = call;
    const { host, force, adminPass, onSharedStorage } = call.body.evacuate;
    const isSharedStorage = isTrue(novaMember, onSharedStorage);
    if (isTrue(novaMember, force) && !host)
      throw badRequest("Can't force to a non-provided destination");
    if (isSharedStorage && adminPass !== undefined)
      throw badRequest("admin password can't be changed on existing disk");
    if (host !== undefined) {
      // before other checks (nova/api/openstack/compute/evacuate.py:137)
      const { host: current } = await getServer(call, backend.servers);
      if (!hostNames.includes(host))
        throw notFound("hypervisor", host, `Compute host ${host} not found.`);
      if (host === current) throw badRequest("The target host can't be the same one.");
    }
    const action = microversion < 95 ? "evacuate" : "evacuateOff";
    await beginMigration(call, environment, action, async (stored) => {
      // a migration in flight counts as not arrived
      const server = serverAt(stored, now);
      if (await isServiceUp(backend.records, server.host))
        throw badRequest(`Compute service of ${server.host} is still in use.`);
      const isForced = host !== undefined && (microversion < 29 || isTrue(novaMember, force));
      const { flavor } = server;
      const destination = isForced
        ? host
        : await selectDestination(backend, requestSpecOf(server, flavor, host ?? null), now);
      const plan = {
        type: "evacuation",
        action,
        unplacedAction: "evacuateUnplaced",
        flavor,
      } as const;
      return planMigration(call, server, plan, destination);
    });
    return { adminPass: isSharedStorage ? null : (adminPass ?? generatePassword()) };
  },
});
