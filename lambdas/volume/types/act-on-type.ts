import { conflict, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { type Action, actionIn, members } from "../action.ts";
import type { VolumeType } from "../model/volume-type.ts";
import { getVolumeType, typesIn } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";

const body = members({ project: { type: "string", minLength: 1, maxLength: 255 } }, ["project"]);

/** cinder/api/contrib/volume_type_access.py. */
const actions: Readonly<Record<string, Action<VolumeType>>> = {
  addProjectAccess: {
    body,
    async run({ on: { id }, said, records }) {
      const project = String(said["project"]);
      await typesIn(records).change(id, (was) => {
        if (was.projects.includes(project))
          throw conflict(`Volume type access for ${id} / ${project} combination already exists.`);
        return { ...was, projects: [...was.projects, project] };
      });
      return { status: 202 };
    },
  },
  removeProjectAccess: {
    body,
    async run({ on: { id }, said, records }) {
      const project = String(said["project"]);
      await typesIn(records).change(id, (was) => {
        if (!was.projects.includes(project))
          throw notFound(
            "volume-part",
            `Volume type access not found for ${id} / ${project} combination.`,
          );
        return { ...was, projects: was.projects.filter((one) => one !== project) };
      });
      return { status: 202 };
    },
  },
};

export const actOnType = operation({
  id: "volume/act-on-type",
  service: "volume",
  route: "POST /types/{type_id}/action",
  access: { rule: "volume_extension:volume_type_access:addProjectAccess", role: "admin" },
  dynamoCalls: ["GetItem", "PutItem"],
  answer: "acted",
  body: { type: "object", additionalProperties: true },
  async run(call, world) {
    const { records } = world.backend();
    const { action, said } = actionIn(actions, call.body, call);
    const on = await getVolumeType(records, projectScopeOf(call), call.path.type_id);
    return action.run({ on, said, asking: call, records });
  },
});
