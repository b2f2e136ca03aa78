import { isTrue, novaMember } from "../../core/booleans.ts";
import { badRequest, notFound } from "../../core/fault.ts";
import { isUuid } from "../../core/uuid.ts";
import { operation } from "../../http/operation.ts";
import { booleanSchema, hostnameSchema } from "../../http/schema-fields.ts";
import { upsert } from "../../ports/upsert.ts";
import { invalidateHostStates } from "../repositories/host-states.ts";
import {
  findServices,
  getHosts,
  type NovaService,
  type ServiceState,
  serviceStates,
} from "../repositories/hosts.ts";
import { serviceView } from "./service-view.ts";

const body = {
  type: "object",
  properties: {
    host: { ...hostnameSchema, until: 52, neededSince: 1 },
    binary: { type: "string", minLength: 1, maxLength: 255, until: 52, neededSince: 1 },
    status: { type: "string", enum: ["enabled", "disabled"], since: 53 },
    disabled_reason: { type: "string", minLength: 1, maxLength: 255 },
    forced_down: { ...booleanSchema, since: 11 },
  },
  additionalProperties: false,
} as const;

interface ServiceUpdate {
  readonly host?: string;
  readonly binary?: string;
  readonly status?: "enabled" | "disabled";
  readonly disabled_reason?: string;
  readonly forced_down?: boolean | string;
}

/** Until 2.52 the path names the action, from 2.53 on the service. */
export const updateNovaService = operation({
  id: "compute/update-nova-service",
  service: "compute",
  route: "PUT /os-services/{service_id}",
  access: { rule: "os_compute_api:os-services:update", role: "admin" },
  dynamoCalls: ["Scan", "Query", "GetItem", "PutItem"],
  answer: "ok",
  body,
  async run({ path: { service_id: id }, body, microversion, now }, environment) {
    const request: ServiceUpdate = body;
    const isByName = microversion < 53;
    const change = isByName ? changesForAction(id, request, microversion) : null;
    if (!isByName && !isUuid(id)) throw badRequest(`Invalid uuid ${id}`);
    const services = findServices(await getHosts(environment.backend(), now));
    const service = services.find((one) =>
      isByName
        ? one.host === request.host && one.binary === request.binary
        : one.uuid === id.toLowerCase(),
    );
    assertComputeBinary(isByName ? request.binary : service?.binary);
    if (!service)
      throw notFound(
        "service",
        id,
        isByName ? `Could not find binary ${request.binary} on host ${request.host}.` : undefined,
      );
    const changes = change ?? changesForUpdate(request);
    const { host } = service;
    const state = await upsert(environment.backend().records, serviceStates, host, () => ({
      ...toServiceState(service),
      ...changes,
      host,
    }));
    invalidateHostStates(environment.backend().records);
    return {
      service: isByName
        ? { host, binary: service.binary, ...serviceActionView(id, changes) }
        : serviceView({ ...service, ...state }, microversion, now),
    };
  },
});

const toServiceState = ({ disabled, reason, forcedDown }: NovaService): ServiceState => ({
  disabled,
  reason,
  forcedDown,
});

function assertComputeBinary(binary: string | undefined): void {
  if (binary !== undefined && binary !== "nova-compute")
    throw badRequest(
      `Updating a ${binary} service is not supported. Only nova-compute services can be updated.`,
    );
}

function changesForAction(
  action: string,
  request: ServiceUpdate,
  microversion: number,
): Partial<ServiceState> {
  if (action === "enable") return { disabled: false, reason: null };
  if (action === "disable") return { disabled: true };
  if (action === "disable-log-reason") {
    if (request.disabled_reason === undefined) throw badRequest("Missing disabled reason field");
    return { disabled: true, reason: request.disabled_reason };
  }
  if (action === "force-down" && microversion >= 11) {
    if (request.forced_down === undefined) throw badRequest("Missing forced_down field");
    return { forcedDown: isTrue(novaMember, request.forced_down) };
  }
  throw notFound("service", action, "Unknown action");
}

const serviceActionView = (
  action: string,
  { disabled, reason, forcedDown }: Partial<ServiceState>,
) => ({
  ...(disabled !== undefined && { status: disabled ? "disabled" : "enabled" }),
  ...(action === "disable-log-reason" && { disabled_reason: reason }),
  ...(forcedDown !== undefined && { forced_down: forcedDown }),
});

function changesForUpdate({
  status,
  disabled_reason,
  forced_down,
}: ServiceUpdate): Partial<ServiceState> {
  if (status === undefined && forced_down === undefined)
    throw badRequest(
      "No updates were requested. Fields 'status' or 'forced_down' should be specified.",
    );
  if (status === "enabled" && disabled_reason)
    throw badRequest("Specifying 'disabled_reason' with status 'enabled' is invalid.");
  return {
    ...(status !== undefined && {
      disabled: status === "disabled",
      reason: status === "disabled" ? (disabled_reason ?? null) : null,
    }),
    ...(forced_down !== undefined && { forcedDown: isTrue(novaMember, forced_down) }),
  };
}
