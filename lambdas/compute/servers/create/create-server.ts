import { randomBytes } from "node:crypto";
import { isTrue, novaMember } from "../../../core/booleans.ts";
import { badRequest } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { uuid7 } from "../../../core/uuid.ts";
import { operation } from "../../../http/operation.ts";
import { canonicalIp } from "../../../network/model/cidr.ts";
import { saga } from "../../../ports/saga.ts";
import { toHostname } from "../../model/hostname.ts";
import { publicAddressOf } from "../../model/public-address.ts";
import { multiplyResources, resourcesOf } from "../../model/quota.ts";
import { type BootData, newServer, type Server, toBootFlavor } from "../../model/server.ts";
import { toResourceLimits } from "../../repositories/quotas.ts";
import { assertGroupCapacity } from "../../repositories/server-groups.ts";
import { generateHostId } from "../../scheduling/select-destinations.ts";
import { toRequester } from "../find-server.ts";
import { generatePassword, randomText, uidAlphabet } from "../generate-password.ts";
import { resolveBootRequest } from "./boot-request.ts";
import { type BuildOutcome, buildServers, undoBuild } from "./build-servers.ts";
import { type BootRequest, createServerSchema } from "./create-schema.ts";

export const createServer = operation({
  id: "compute/create-server",
  service: "compute",
  route: "POST /servers",
  function: "own",
  access: { rule: "os_compute_api:servers:create", role: "member" },
  dynamoCalls: ["UpdateItem", "BatchWriteItem", "GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "createdServers",
  body: createServerSchema,
  async run(call, environment) {
    const { body, caller, project, now, microversion } = call;
    const request = body.server;
    const backend = environment.backend();
    const { records } = backend;
    const {
      minCount,
      maxCount,
      image,
      requestedVolumes,
      flavor,
      quotas,
      securityGroups,
      networkRequests,
      destination,
    } = await resolveBootRequest(request, call, records);
    const keyName = request.key_name ?? null;
    if (keyName !== null && !(await backend.keypairs.find(caller.user.id, keyName)))
      throw badRequest("Invalid key_name provided.");
    const hints = body["os:scheduler_hints"] ?? body["OS-SCH-HNT:scheduler_hints"] ?? {};
    await assertGroupCapacity(backend, hints, {
      project,
      user: caller.user.id,
      maxMembers: quotas.server_group_members,
      count: maxCount,
      now,
    });
    const reservation = `r-${randomText(8, uidAlphabet)}`;
    const name = request.name.trim();
    const description = microversion < 19 ? name : (request.description ?? null);
    const tags = [...new Set(request.tags)].sort();
    const metadata = (request.metadata ?? {}) as Record<string, string>;
    const buildServer = (id: string, index: number, { count, outcome }: ServerBuild): Server => {
      const suffix = count > 1 ? `-${index + 1}` : "";
      return newServer({
        id,
        project,
        user: caller.user.id,
        name: `${name}${suffix}`,
        description,
        hostname: request.hostname ?? `${toHostname(name, id)}${suffix}`,
        tags,
        motion: outcome.motion,
        created: now,
        updated: now,
        launched: outcome.fault ? null : outcome.motion.due,
        flavor: toBootFlavor(flavor),
        image: image && { id: image.id, name: image.name ?? "" },
        publicIPv4: publicAddressOf(id),
        accessIPv4: request.accessIPv4 ?? "",
        accessIPv6: canonicalIp(request.accessIPv6 ?? ""),
        diskConfig: request["OS-DCF:diskConfig"] ?? "MANUAL",
        metadata,
        keyName,
        configDrive: isTrue(novaMember, request.config_drive),
        availabilityZone: outcome.zone,
        pinnedZone: destination.zone,
        launchIndex: index,
        trustedCertificates: request.trusted_image_certificates ?? null,
        ...outcome.networkInfo,
        volumes: outcome.volumes,
        host: outcome.host,
        hostId: generateHostId(project, outcome.host),
        reservation,
        hints,
        fault: outcome.fault,
      });
    };
    const requestSpec = { ...destination, flavor: toBootFlavor(flavor), ignoreHosts: [], hints };
    const perServer = resourcesOf(flavor);
    const servers = await saga(async (step) => {
      const count = await step(
        "reserve quota",
        () =>
          backend.servers.reserveServers(project, perServer, {
            ...{ minCount, maxCount, now, limits: toResourceLimits(quotas) },
          }),
        (reserved) =>
          backend.servers.releaseQuota(project, multiplyResources(perServer, reserved), now),
      );
      const ids = newServerIds(count, now);
      const built = await step(
        "build servers",
        () =>
          buildServers(backend, ids, {
            ...{ project, user: caller.user.id, requestId: call.requestId, now },
            ...{ networkRequests, securityGroups, requestSpec, metadata, requestedVolumes },
          }),
        (result) => undoBuild(records, result, now),
      );
      // numbered names (nova/compute/api.py:2109)
      const newServers = built.outcomes.map((outcome, i) =>
        buildServer(ids[i] ?? "", i, { count, outcome }),
      );
      await step("insert servers", () =>
        backend.servers.insert(newServers, {
          ports: built.allocatedPorts.flatMap(({ created }) => created),
          bootData: toBootData(request),
          by: toRequester(call),
        }),
      );
      return newServers;
    });
    return {
      first: servers[0] as Server,
      adminPass: request.adminPass ?? generatePassword(),
      securityGroups: securityGroups.map((group) => group.name),
      reservationOnly: isTrue(novaMember, request.return_reservation_id),
    };
  },
});

interface ServerBuild {
  /** Servers created together. */
  readonly count: number;
  readonly outcome: BuildOutcome;
}

/** Sorted by age. */
const newServerIds = (count: number, now: Instant): string[] =>
  Array.from({ length: count }, () => uuid7(now, randomBytes(10))).sort();

const toBootData = ({ user_data, personality }: BootRequest): BootData => ({
  // null means none
  ...(typeof user_data === "string" && { userData: user_data }),
  ...(personality !== undefined && {
    personality: personality.map(({ path = "", contents = "" }) => ({ path, contents })),
  }),
});
