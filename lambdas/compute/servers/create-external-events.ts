import { isNotFound } from "../../core/fault.ts";
import type { Instant } from "../../core/instant.ts";
import { operation } from "../../http/operation.ts";
import type { Servers } from "../../ports/backend.ts";

const eventNameField = (...more: readonly string[]) => ({
  type: "string" as const,
  enum: [
    "network-changed",
    "network-vif-plugged",
    "network-vif-unplugged",
    "network-vif-deleted",
    ...more,
  ],
});

/** nova/api/openstack/compute/schemas/server_external_events.py. */
const body = {
  type: "object",
  properties: {
    events: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        properties: {
          name: {
            type: "string",
            versions: {
              1: eventNameField(),
              51: eventNameField("volume-extended"),
              76: eventNameField("volume-extended", "power-update"),
              82: eventNameField("volume-extended", "power-update", "accelerator-request-bound"),
              93: eventNameField(
                "volume-extended",
                "power-update",
                "accelerator-request-bound",
                "volume-reimaged",
              ),
            },
          },
          server_uuid: { type: "string", format: "uuid" },
          status: { type: "string", enum: ["failed", "completed", "in-progress"] },
          tag: { type: "string", maxLength: 255 },
        },
        required: ["name", "server_uuid"],
        additionalProperties: false,
      },
    },
  },
  required: ["events"],
  additionalProperties: false,
} as const;

const eventsRequiringTag = ["volume-extended", "power-update", "accelerator-request-bound"];

/** No transition here waits for events. */
export const createExternalEvents = operation({
  id: "compute/create-external-events",
  service: "compute",
  route: "POST /os-server-external-events",
  access: { rule: "os_compute_api:os-server-external-events:create", role: "admin" },
  dynamoCalls: ["GetItem"],
  answer: "externalEvents",
  body,
  async run({ body, now }, environment) {
    const { servers } = environment.backend();
    const ids = [...new Set(body.events.map(({ server_uuid: id }) => id.toLowerCase()))];
    const hosts = new Map(
      await Promise.all(
        ids.map(async (id) => [id, await findServerHost(servers, id, now)] as const),
      ),
    );
    return body.events.map((event) => {
      const host = hosts.get(event.server_uuid.toLowerCase()) ?? null;
      const hasRequiredTag = event.tag !== undefined || !eventsRequiringTag.includes(event.name);
      const code = host === null ? 404 : !hasRequiredTag ? 400 : host === "" ? 422 : 200;
      return { ...event, status: code === 200 ? "completed" : "failed", code };
    });
  },
});

/** null for no server, "" for no host. */
async function findServerHost(servers: Servers, id: string, now: Instant): Promise<string | null> {
  try {
    return (await servers.get(await servers.getProjectId(id), id, now)).host;
  } catch (cause) {
    if (isNotFound(cause, "server")) return null;
    throw cause;
  }
}
