import { randomBytes } from "node:crypto";
import { malformed } from "../../../core/fault.ts";
import type { Instant } from "../../../core/instant.ts";
import { uuid7 } from "../../../core/uuid.ts";
import { operation } from "../../../http/operation.ts";
import { canonical } from "../../../network/model/cidr.ts";
import { hostnameFor } from "../../model/hostname.ts";
import { publicAddressOf } from "../../model/public-address.ts";
import { resourcesOf } from "../../model/quota.ts";
import { type BootData, keptOf, type Server } from "../../model/server.ts";
import { resourceLimits } from "../../repositories/quotas.ts";
import { refuseUnfitGroup } from "../../repositories/server-groups.ts";
import { hostIdOf } from "../../scheduling/select-destinations.ts";
import { requesterOf } from "../find-server.ts";
import { letters, newPassword, plain } from "../generate-password.ts";
import { isTrue } from "../schema-fields.ts";
import { unplug } from "./allocate-ports.ts";
import { unfurnish } from "./attach-block-devices.ts";
import { understood } from "./boot-request.ts";
import { type Booted, boot, type Fate } from "./build-servers.ts";
import { type BootRequest, createSchema } from "./create-schema.ts";

export const createServer = operation({
  id: "compute/create-server",
  service: "compute",
  route: "POST /servers",
  function: "own",
  access: { rule: "os_compute_api:servers:create", role: "member" },
  dynamoCalls: ["UpdateItem", "BatchWriteItem", "GetItem", "Query", "PutItem", "DeleteItem"],
  answer: "createdServers",
  body: createSchema,
  async run(call, world) {
    const { body, caller, project, now, microversion } = call;
    const request = body.server;
    const { records } = world.backend();
    const { least, most, image, parts, flavor, quotas, groups, nics, place } = await understood(
      request,
      call,
      records,
    );
    const keyName = request.key_name ?? null;
    if (keyName !== null && !(await world.backend().keypairs.find(caller.user.id, keyName)))
      throw malformed("Invalid key_name provided.");
    const hints = body["os:scheduler_hints"] ?? body["OS-SCH-HNT:scheduler_hints"] ?? {};
    await refuseUnfitGroup(world.backend(), hints, {
      project,
      user: caller.user.id,
      most: quotas.server_group_members,
      count: most,
      now,
    });
    const reservation = `r-${letters(8, plain)}`;
    const name = request.name.trim();
    const description = microversion < 19 ? name : (request.description ?? null);
    const tags = [...new Set(request.tags)].sort();
    const metadata = (request.metadata ?? {}) as Record<string, string>;
    const make = (id: string, index: number, { count, fate }: Making): Server => {
      const suffix = count > 1 ? `-${index + 1}` : "";
      return {
        id,
        project,
        user: caller.user.id,
        name: `${name}${suffix}`,
        description,
        hostname: request.hostname ?? `${hostnameFor(name, id)}${suffix}`,
        tags,
        lock: null,
        motion: fate.motion,
        created: now,
        updated: now,
        launched: fate.fault ? null : fate.motion.due,
        booted: null,
        flavor: keptOf(flavor),
        image: image && { id: image.id, name: image.name ?? "" },
        publicIPv4: publicAddressOf(id),
        accessIPv4: request.accessIPv4 ?? "",
        accessIPv6: canonical(request.accessIPv6 ?? ""),
        diskConfig: request["OS-DCF:diskConfig"] ?? "MANUAL",
        metadata,
        keyName,
        configDrive: isTrue(request.config_drive),
        availabilityZone: fate.zone,
        pinnedZone: place.zone,
        launchIndex: index,
        trustedCertificates: request.trusted_image_certificates ?? null,
        ...fate.wiring,
        volumes: fate.volumes,
        host: fate.host,
        hostId: hostIdOf(project, fate.host),
        reservation,
        hints,
        before: null,
        fault: fate.fault,
        shelvedImage: null,
        freed: false,
        consoleEpoch: 0,
      };
    };
    const wish = { ...place, flavor: keptOf(flavor), except: [], hints };
    let booted: Booted = { fates: [], plugged: [], furnished: [] };
    const servers = await world.backend().servers.create({
      project,
      each: resourcesOf(flavor),
      least,
      most,
      now,
      limits: resourceLimits(quotas),
      by: requesterOf(call),
      async make(count) {
        const ids = idsOf(count, now);
        booted = await boot(world.backend(), ids, {
          ...{ project, nics, groups, wish, metadata, parts, now },
          ...{ user: caller.user.id, requestId: call.requestId },
        });
        return {
          // nova/compute/api.py:2109: numbered where there is more than one
          servers: booted.fates.map((fate, i) => make(ids[i] ?? "", i, { count, fate })),
          ports: booted.plugged.flatMap(({ made }) => made),
        };
      },
      async unmake() {
        await Promise.all(booted.plugged.map((one) => unplug(records, one)));
        await Promise.all(booted.furnished.map((one) => unfurnish(records, one, now)));
      },
      boot: bootData(request),
    });
    return {
      first: servers[0] as Server,
      adminPass: request.adminPass ?? newPassword(),
      securityGroups: groups.map((group) => group.name),
      reservationOnly: isTrue(request.return_reservation_id),
    };
  },
});

interface Making {
  /** How many are made at once. */
  readonly count: number;
  readonly fate: Fate;
}

/** Of what is created at once the last is the newest: ids are in that order. */
const idsOf = (count: number, now: Instant): string[] =>
  Array.from({ length: count }, () => uuid7(now, randomBytes(10))).sort();

const bootData = ({ user_data, personality }: BootRequest): BootData => ({
  // null is none, where it may be said (create-schema.ts)
  ...(typeof user_data === "string" && { userData: user_data }),
  ...(personality !== undefined && {
    personality: personality.map(({ path = "", contents = "" }) => ({ path, contents })),
  }),
});
