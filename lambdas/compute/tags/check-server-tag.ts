import { notFoundIn } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { getServer } from "../servers/find-server.ts";

/** 204 if the server has the tag (E-36). */
export const checkServerTag = operation({
  id: "compute/check-server-tag",
  service: "compute",
  route: "GET /servers/{server_id}/tags/{tag}",
  function: "own",
  versions: { since: 26 },
  access: { rule: "os_compute_api:os-server-tags:show", role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "exists",
  async run(call, environment) {
    const { servers } = environment.backend();
    const { tag } = call.path;
    const { id, tags } = await getServer(call, servers);
    if (!tags.includes(tag)) throw notFoundIn(id, "tag", tag);
    return undefined;
  },
});
