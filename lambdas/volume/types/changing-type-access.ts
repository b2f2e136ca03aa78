import type { Environment } from "../../http/environment.ts";
import type { Call } from "../../http/operation.ts";
import type { VolumeType } from "../model/volume-type.ts";
import { getVolumeType, typesIn } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";
import { closedObject } from "../schema-fields.ts";

/** cinder/api/schemas/volume_type_access.py. */
export const projectAccessBody = closedObject(
  { project: { type: "string", minLength: 1, maxLength: 255 } },
  ["project"],
);

type TypeAccessCall<Action extends string> = Call<
  "type_id",
  Readonly<Record<Action, { readonly project: string }>>
>;

/** The `run` of an action that changes the projects with access to a type. @calls GetItem, PutItem */
export const changingTypeAccess =
  <Action extends string>(
    action: Action,
    change: (was: VolumeType, project: string) => readonly string[],
  ) =>
  async (call: TypeAccessCall<Action>, environment: Environment): Promise<undefined> => {
    const { records } = environment.backend();
    const { id } = await getVolumeType(records, projectScopeOf(call), call.path.type_id);
    const { project } = call.body[action];
    await typesIn(records).change(id, (was) => ({ ...was, projects: change(was, project) }));
    return undefined;
  };
