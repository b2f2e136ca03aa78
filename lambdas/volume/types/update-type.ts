import { isTrue, oslo } from "../../core/booleans.ts";
import { badRequest, conflict, notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { getVolumeType, typesIn } from "../repositories/volume-types.ts";
import { projectScopeOf } from "../request.ts";
import { booleanField, shortText, singleMember } from "../schema-fields.ts";
import { typeDetailView } from "./views.ts";

export const updateType = operation({
  id: "volume/update-type",
  service: "volume",
  route: "PUT /types/{type_id}",
  access: { rule: "volume_extension:type_update", role: "admin" },
  dynamoCalls: ["GetItem", "Query", "PutItem"],
  answer: "ok",
  body: singleMember("volume_type", {
    type: "object",
    properties: {
      name: { type: ["string", "null"], minLength: 1, maxLength: 255 },
      description: shortText,
      is_public: booleanField,
    },
    additionalProperties: false,
  }),
  async run(call, environment) {
    const { records } = environment.backend();
    const { name, description, is_public } = call.body.volume_type;
    if (name != null && name.trim() === "") throw badRequest("Volume type name can not be empty.");
    if (name == null && description == null && is_public === undefined)
      throw badRequest(
        "Specify volume type name, description, is_public or a combination thereof.",
      );
    const { id } = await getVolumeType(records, projectScopeOf(call), call.path.type_id);
    const others = (await typesIn(records).all()).filter((one) => one.id !== id);
    if (name != null && others.some((one) => one.name === name))
      throw conflict(`Volume Type ${name} already exists.`);
    const type = await typesIn(records).change(id, (was) => ({
      ...was,
      ...(name != null && { name }),
      ...(description != null && { description }),
      ...(is_public !== undefined && { isPublic: isTrue(oslo, is_public) }),
    }));
    if (!type) throw notFound("volume_type", id);
    return { volume_type: typeDetailView(call, type) };
  },
});
