import { lambda } from "../../http/lambda.ts";
import { operation } from "../../http/operation.ts";
import { serverOf } from "../servers/find-server.ts";

export const listServerMetadata = operation({
  id: "compute/metadata/list-server-metadata",
  service: "compute",
  route: "GET /servers/{server_id}/metadata",
  access: { rule: "os_compute_api:server-metadata:index", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "document",
  async run(call, world) {
    const { servers } = world.backend();
    const { metadata } = await serverOf(call, servers);
    return { metadata };
  },
});

export const handler = lambda(listServerMetadata);
