import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { keypairUserSchema } from "./list-query.ts";
import { resolveOwner } from "./owner.ts";

const rule = "os_compute_api:os-keypairs:show";

export const showKeypair = operation({
  id: "compute/show-keypair",
  service: "compute",
  route: "GET /os-keypairs/{keypair_name}",
  function: "own",
  access: { rule, role: "reader" },
  dynamoCalls: ["GetItem"],
  answer: "keypair",
  query: keypairUserSchema,
  async run(call, environment) {
    const { keypair_name: name } = call.path;
    const user = resolveOwner(call, call.query.get("user_id"), rule);
    const keypair = await environment.backend().keypairs.find(user, name);
    if (!keypair) throw notFound("keypair", name, `Keypair ${name} not found for user ${user}`);
    return keypair;
  },
});
