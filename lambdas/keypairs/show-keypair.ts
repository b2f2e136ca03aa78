import { Fault } from "../domain/fault.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";

export const showKeypair = operation({
  id: "keypairs/show-keypair",
  service: "compute",
  route: "GET /os-keypairs/{keypair_name}",
  access: { rule: "os_compute_api:os-keypairs:show", role: "reader" },
  calls: ["GetItem"],
  answer: "keypair",
  async run({ caller, path }, world) {
    const keypair = await world.backend().keypairs.find(caller.user.id, path.keypair_name);
    if (!keypair) throw new Fault({ kind: "no-such", what: "keypair", id: path.keypair_name });
    return keypair;
  },
});

export const handler = lambda(showKeypair);
