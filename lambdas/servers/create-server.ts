import { createHash, randomBytes, randomInt } from "node:crypto";
import { malformed } from "../domain/fault.ts";
import { begin } from "../domain/lifecycle.ts";
import { addressesOf } from "../domain/network.ts";
import { resourcesOf } from "../domain/quota.ts";
import type { BootData, Server } from "../domain/server.ts";
import { uuid7 } from "../domain/uuid.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { type BootRequest, understood, zone } from "./boot-request.ts";
import { createSchema } from "./create-schema.ts";
import { isTrue } from "./shapes.ts";

export const createServer = operation({
  id: "servers/create-server",
  service: "compute",
  route: "POST /servers",
  access: { rule: "os_compute_api:servers:create", role: "member" },
  calls: ["UpdateItem", "BatchWriteItem", "GetItem", "Query"],
  answer: "createdServers",
  body: createSchema,
  async run({ body, caller, project, now }, world) {
    const request = body.server;
    const { least, most, image, flavor, securityGroups, fixedIp } = await understood(
      request,
      project,
      world.backend().records,
      now,
    );
    const keyName = request.key_name ?? null;
    if (keyName !== null && !(await world.backend().keypairs.find(caller.user.id, keyName)))
      throw malformed("Invalid key_name provided.");
    const reservation = `r-${letters(8)}`;
    const name = request.name.trim();
    const motion = begin("create", "building", now);
    const make = (suffix: string): Server => {
      const id = uuid7(now, randomBytes(10));
      const { fixed, publicIPv4 } = addressesOf(id);
      return {
        id,
        project,
        user: caller.user.id,
        name: `${name}${suffix}`,
        motion,
        created: now,
        updated: now,
        launched: motion.due,
        flavor,
        image: { id: image.id, name: image.name ?? "" },
        addresses: [
          fixedIp ? { ...fixed, addr: fixedIp, version: fixedIp.includes(":") ? 6 : 4 } : fixed,
        ],
        publicIPv4,
        accessIPv4: request.accessIPv4 ?? "",
        accessIPv6: request.accessIPv6 ?? "",
        diskConfig: request["OS-DCF:diskConfig"] ?? "MANUAL",
        metadata: (request.metadata ?? {}) as Record<string, string>,
        keyName,
        configDrive: isTrue(request.config_drive),
        availabilityZone: zone,
        securityGroups,
        host,
        hostId: createHash("sha224").update(`${project}${host}`).digest("hex"),
        reservation,
        hints: body["os:scheduler_hints"] ?? body["OS-SCH-HNT:scheduler_hints"] ?? {},
        consoleEpoch: 0,
      };
    };
    const servers = await world.backend().servers.create({
      project,
      each: resourcesOf(flavor),
      least,
      most,
      now,
      // nova/compute/api.py:2109: numbered where there is more than one
      make: (count) => Array.from({ length: count }, (_, i) => make(count > 1 ? `-${i + 1}` : "")),
      boot: bootData(request),
    });
    return {
      first: servers[0] as Server,
      adminPass: request.adminPass ?? letters(12),
      securityGroups,
      reservationOnly: isTrue(request.return_reservation_id),
    };
  },
});

/** The one host that everything runs on, as far as anybody can tell. */
const host = "novaless-1";

const bootData = ({ user_data, personality }: BootRequest): BootData => ({
  ...(user_data !== undefined && { userData: user_data }),
  ...(personality !== undefined && {
    personality: personality.map(({ path = "", contents = "" }) => ({ path, contents })),
  }),
});

/** Without those that are easily taken for another (nova/utils.py:331). */
const alphabet = "23456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

const letters = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");

export const handler = lambda(createServer);
