import { malformed, noSuch } from "../../core/fault.ts";
import { isUuid } from "../../core/uuid.ts";
import { operation } from "../../http/operation.ts";
import { boolean, hostname, isTrue } from "../../http/schema-fields.ts";
import { amend } from "../../ports/upsert.ts";
import { forgetHosts } from "../repositories/host-states.ts";
import {
  hostsIn,
  type Service,
  type ServiceState,
  serviceStates,
  servicesOn,
} from "../repositories/hosts.ts";
import { serviceView } from "./service-view.ts";

/** nova/api/openstack/compute/schemas/services.py update. */
const body = {
  type: "object",
  properties: {
    host: { ...hostname, until: 52, neededSince: 1 },
    binary: { type: "string", minLength: 1, maxLength: 255, until: 52, neededSince: 1 },
    status: { type: "string", enum: ["enabled", "disabled"], since: 53 },
    disabled_reason: { type: "string", minLength: 1, maxLength: 255 },
    forced_down: { ...boolean, since: 11 },
  },
  additionalProperties: false,
} as const;

interface Asked {
  readonly host?: string;
  readonly binary?: string;
  readonly status?: "enabled" | "disabled";
  readonly disabled_reason?: string;
  readonly forced_down?: boolean | string;
}

/** What is done is in the path until 2.52, and which service it is done to from 2.53 on. */
export const updateService = operation({
  id: "compute/update-service",
  service: "compute",
  route: "PUT /os-services/{service_id}",
  access: { rule: "os_compute_api:os-services:update", role: "admin" },
  dynamoCalls: ["Scan", "Query", "GetItem", "PutItem"],
  answer: "document",
  body,
  async run({ path: { service_id: id }, body, microversion, now }, world) {
    const asked: Asked = body;
    const named = microversion < 53;
    const change = named ? actionOf(id, asked, microversion) : null;
    if (!named && !isUuid(id)) throw malformed(`Invalid uuid ${id}`);
    const services = servicesOn(await hostsIn(world.backend(), now));
    const service = services.find((one) =>
      named
        ? one.host === asked.host && one.binary === asked.binary
        : one.uuid === id.toLowerCase(),
    );
    refuseBinary(named ? asked.binary : service?.binary);
    if (!service)
      throw noSuch(
        "service",
        id,
        named ? `Could not find binary ${asked.binary} on host ${asked.host}.` : undefined,
      );
    const changes = change ?? changesIn(asked);
    const { host } = service;
    const state = await amend(world.backend().records, serviceStates, host, () => ({
      ...stateOf(service),
      ...changes,
      host,
    }));
    forgetHosts(world.backend().records);
    return {
      service: named
        ? { host, binary: service.binary, ...said(id, changes) }
        : serviceView({ ...service, ...state }, microversion, now),
    };
  },
});

const stateOf = ({ disabled, reason, forcedDown }: Service): ServiceState => ({
  disabled,
  reason,
  forcedDown,
});

function refuseBinary(binary: string | undefined): void {
  if (binary !== undefined && binary !== "nova-compute")
    throw malformed(
      `Updating a ${binary} service is not supported. Only nova-compute services can be updated.`,
    );
}

function actionOf(action: string, asked: Asked, microversion: number): Partial<ServiceState> {
  if (action === "enable") return { disabled: false, reason: null };
  if (action === "disable") return { disabled: true };
  if (action === "disable-log-reason") {
    if (asked.disabled_reason === undefined) throw malformed("Missing disabled reason field");
    return { disabled: true, reason: asked.disabled_reason };
  }
  if (action === "force-down" && microversion >= 11) {
    if (asked.forced_down === undefined) throw malformed("Missing forced_down field");
    return { forcedDown: isTrue(asked.forced_down) };
  }
  throw noSuch("service", action, "Unknown action");
}

/** What an action answers with (services.py _enable, _disable, _forced_down). */
const said = (action: string, { disabled, reason, forcedDown }: Partial<ServiceState>) => ({
  ...(disabled !== undefined && { status: disabled ? "disabled" : "enabled" }),
  ...(action === "disable-log-reason" && { disabled_reason: reason }),
  ...(forcedDown !== undefined && { forced_down: forcedDown }),
});

function changesIn({ status, disabled_reason, forced_down }: Asked): Partial<ServiceState> {
  if (status === undefined && forced_down === undefined)
    throw malformed(
      "No updates were requested. Fields 'status' or 'forced_down' should be specified.",
    );
  if (status === "enabled" && disabled_reason)
    throw malformed("Specifying 'disabled_reason' with status 'enabled' is invalid.");
  return {
    ...(status !== undefined && {
      disabled: status === "disabled",
      reason: status === "disabled" ? (disabled_reason ?? null) : null,
    }),
    ...(forced_down !== undefined && { forcedDown: isTrue(forced_down) }),
  };
}
