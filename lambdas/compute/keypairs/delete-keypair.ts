import { operation } from "../../http/operation.ts";
import { keypairUserSchema } from "./list-query.ts";
import { resolveOwner } from "./owner.ts";

const rule = "os_compute_api:os-keypairs:delete";

/** Servers keep the key's name. */
export const deleteKeypair = operation({
  id: "compute/delete-keypair",
  service: "compute",
  route: "DELETE /os-keypairs/{keypair_name}",
  function: "own",
  access: { rule, role: "reader" },
  dynamoCalls: ["DeleteItem"],
  answer: "deletedKeypair",
  query: keypairUserSchema,
  async run(call, environment) {
    const user = resolveOwner(call, call.query.get("user_id"), rule);
    await environment.backend().keypairs.remove(user, call.path.keypair_name);
    return undefined;
  },
});
