import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";

export const listKeypairs = operation({
  id: "keypairs/list-keypairs",
  service: "compute",
  route: "GET /os-keypairs",
  access: { rule: "os_compute_api:os-keypairs:index", role: "reader" },
  calls: ["Query"],
  answer: "keypairs",
  run: ({ caller }, world) => world.backend().keypairs.list(caller.user.id),
});

export const handler = lambda(listKeypairs);
