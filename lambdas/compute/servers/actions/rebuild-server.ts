import { operation } from "../../../http/operation.ts";
import { transitionWith } from "../begin-action.ts";
import { reimage } from "../boot-volume.ts";
import { generatePassword } from "../generate-password.ts";
import { mergeBootData, planRebuild } from "../rebuild/plan-rebuild.ts";
import { rebuildServerSchema } from "../rebuild/rebuild-schema.ts";

/** A powered-off server ends powered off (E-25). */
export const rebuildServer = operation({
  id: "compute/rebuild-server",
  service: "compute",
  route: "POST /servers/{server_id}/action",
  action: "rebuild",
  function: "compute/server-action",
  access: { rule: "os_compute_api:servers:rebuild", role: "member" },
  dynamoCalls: ["GetItem", "UpdateItem", "PutItem"],
  answer: "rebuiltServer",
  body: rebuildServerSchema,
  async run(call, environment) {
    const request = call.body.rebuild;
    const backend = environment.backend();
    const drafts: Awaited<ReturnType<typeof planRebuild>>[] = [];
    const server = await transitionWith(call, environment, "rebuild", async (was) => {
      const draft = await planRebuild(request, was, call, backend);
      drafts.push(draft);
      return draft;
    });
    // the last draft matches the stored server
    const { reimaged } = drafts.at(-1) ?? {};
    if (reimaged) await reimage(backend.records, reimaged.volume, reimaged.image, call.now);
    const { adminPass = generatePassword() } = request;
    const showsUserData = call.microversion >= 57;
    const hasNewBootData = request.user_data !== undefined || request.personality !== undefined;
    if (!showsUserData && !hasNewBootData) return { server, adminPass };
    // a building server takes no other request
    const { project, id } = server;
    const storedBootData = await backend.servers.getBootData(project, id);
    const bootData = hasNewBootData ? mergeBootData(storedBootData, request) : storedBootData;
    if (hasNewBootData) await backend.servers.putBootData(project, id, bootData);
    return { server, adminPass, ...(showsUserData && { userData: bootData.userData ?? null }) };
  },
});
