import { noSuch } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { userSchema } from "./list-query.ts";
import { whose } from "./owner.ts";

const rule = "os_compute_api:os-keypairs:show";

export const showKeypair = operation({
  id: "compute/show-keypair",
  service: "compute",
  route: "GET /os-keypairs/{keypair_name}",
  function: "own",
  access: { rule, role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "keypair",
  query: userSchema,
  async run(call, world) {
    const { keypair_name: name } = call.path;
    const user = whose(call, call.query.get("user_id"), rule);
    const keypair = await world.backend().keypairs.find(user, name);
    if (!keypair) throw noSuch("keypair", name, `Keypair ${name} not found for user ${user}`);
    return keypair;
  },
});
