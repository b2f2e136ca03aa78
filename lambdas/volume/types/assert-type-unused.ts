import { badRequest } from "../../core/fault.ts";
import type { Records } from "../../ports/records.ts";
import type { VolumeType } from "../model/volume-type.ts";
import { volumesIn } from "../repositories/volumes.ts";
import { projectScopeOf, type VolumeCall } from "../request.ts";

/** Throws `malformed` with the reason while any volume has the type. @calls Query */
export async function assertTypeUnused(
  records: Records,
  call: VolumeCall,
  { id }: Pick<VolumeType, "id">,
  reason: string,
): Promise<void> {
  const volumes = await volumesIn(records).all({ ...projectScopeOf(call), allProjects: true });
  if (volumes.some(({ type }) => type.id === id)) throw badRequest(reason);
}

export const typeInUseText = "Volume Type is currently in use.";
