import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";

/** Servers that were given the key keep its name. */
export const deleteKeypair = operation({
  id: "keypairs/delete-keypair",
  service: "compute",
  route: "DELETE /os-keypairs/{keypair_name}",
  access: { rule: "os_compute_api:os-keypairs:delete", role: "reader" },
  calls: ["DeleteItem"],
  answer: "accepted",
  async run({ caller, path }, world) {
    await world.backend().keypairs.remove(caller.user.id, path.keypair_name);
    return undefined;
  },
});

export const handler = lambda(deleteKeypair);
