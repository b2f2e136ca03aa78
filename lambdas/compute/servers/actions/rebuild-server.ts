import { operation } from "../../../http/operation.ts";
import { remake } from "../begin-action.ts";
import { reimage } from "../boot-volume.ts";
import { newPassword } from "../generate-password.ts";
import { newBootData, rebuilt } from "../rebuild/plan-rebuild.ts";
import { rebuildSchema } from "../rebuild/rebuild-schema.ts";

/** The disk anew, of the same image or another; one that was off is off again in the end (E-25). */
export const rebuildServer = operation({
  id: "compute/rebuild-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "rebuild",
  function: "compute/server-action",
  access: { rule: "os_compute_api:servers:rebuild", role: "member" },
  dynamoCalls: ["GetItem", "UpdateItem", "PutItem"],
  answer: "rebuiltServer",
  body: rebuildSchema,
  async run(call, world) {
    const request = call.body.rebuild;
    const backend = world.backend();
    const drafts: Awaited<ReturnType<typeof rebuilt>>[] = [];
    const server = await remake(call, world, "rebuild", async (was) => {
      const draft = await rebuilt(request, was, call, backend);
      drafts.push(draft);
      return draft;
    });
    // the last of them is of the server as it was
    const { reimaged } = drafts.at(-1) ?? {};
    if (reimaged) await reimage(backend.records, reimaged.volume, reimaged.image, call.now);
    const { adminPass = newPassword() } = request;
    const shows = call.microversion >= 57;
    const saysMore = request.user_data !== undefined || request.personality !== undefined;
    if (!shows && !saysMore) return { server, adminPass };
    // written once the server is this request's alone, until it is built
    const { project, id } = server;
    const kept = await backend.servers.bootData(project, id);
    const boot = saysMore ? newBootData(kept, request) : kept;
    if (saysMore) await backend.servers.keepBootData(project, id, boot);
    return { server, adminPass, ...(shows && { userData: boot.userData ?? null }) };
  },
});
