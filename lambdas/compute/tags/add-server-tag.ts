import { badRequest, Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { validate } from "../../http/validation.ts";
import { withServerProject } from "../servers/find-server.ts";
import { tagField } from "../servers/schema-fields.ts";

const body = { type: "null" } as const;

export const addServerTag = operation({
  id: "compute/add-server-tag",
  service: "compute",
  route: "PUT /servers/{server_id}/tags/{tag}",
  function: "own",
  versions: { since: 26 },
  access: { rule: "os_compute_api:os-server-tags:update", role: "member" },
  dynamoCalls: ["UpdateItem", "GetItem"],
  answer: "tagged",
  body,
  async run(call, environment) {
    const { servers, serverTags } = environment.backend();
    const { now } = call;
    const { tag } = call.path;
    const error = findTagError(tag);
    return withServerProject(call, servers, async (project, id) => {
      if (error === null)
        return { server: id, tag, isNew: await serverTags.add(project, id, tag, now) };
      // an unknown server is refused before an invalid tag
      await servers.get(project, id, now);
      throw badRequest(
        `Tag '${tag}' is invalid. It must be a non empty string without characters '/' and ','. Validation error message: ${error}`,
      );
    });
  },
});

function findTagError(tag: string): string | null {
  try {
    validate(tagField, tag, { part: "body", unknownMembers: "refused" });
    return null;
  } catch (cause) {
    if (cause instanceof Fault && cause.refusal.kind === "invalid") return cause.refusal.reason;
    throw cause;
  }
}
