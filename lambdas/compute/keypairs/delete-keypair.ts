import { operation } from "../../http/operation.ts";
import { userSchema } from "./list-query.ts";
import { whose } from "./owner.ts";

const rule = "os_compute_api:os-keypairs:delete";

/** Servers that were given the key keep its name. */
export const deleteKeypair = operation({
  id: "compute/delete-keypair",
  service: "compute",
  route: "DELETE /os-keypairs/{keypair_name}",
  function: "own",
  access: { rule, role: "reader" },
  dynamoCalls: ["DeleteItem"],
  answer: "deletedKeypair",
  query: userSchema,
  async run(call, world) {
    const user = whose(call, call.query.get("user_id"), rule);
    await world.backend().keypairs.remove(user, call.path.keypair_name);
    return undefined;
  },
});
