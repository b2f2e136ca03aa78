import { Fault, malformed } from "../domain/fault.ts";
import { keypairQuota } from "../domain/keypair.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";
import { fingerprintOf, newKey } from "./ssh-key.ts";

/** nova/api/openstack/compute/schemas/keypairs.py create. */
const body = {
  type: "object",
  properties: {
    keypair: {
      type: "object",
      properties: {
        name: {
          type: "string",
          format: "name",
          minLength: 1,
          maxLength: 255,
          pattern: "^[_\\- a-zA-Z0-9]+$",
        },
        public_key: { type: "string" },
      },
      required: ["name"],
      additionalProperties: false,
    },
  },
  required: ["keypair"],
  additionalProperties: false,
} as const;

/** Takes a public key, or makes a pair and tells the private one: here and never again. */
export const createKeypair = operation({
  id: "keypairs/create-keypair",
  service: "compute",
  route: "POST /os-keypairs",
  access: { rule: "os_compute_api:os-keypairs:create", role: "reader" },
  calls: ["Query", "PutItem"],
  answer: "createdKeypair",
  body,
  async run({ body, caller, now }, world) {
    const { keypairs } = world.backend();
    const { name, public_key: given } = body.keypair;
    if ((await keypairs.list(caller.user.id)).length >= keypairQuota)
      throw new Fault({ kind: "denied", reason: "Quota exceeded, too many key pairs." });
    const { publicKey, privateKey } =
      given === undefined ? await newKey() : { publicKey: given, privateKey: null };
    const fingerprint = fingerprintOf(publicKey);
    if (fingerprint === null)
      throw malformed("Keypair data is invalid: failed to generate fingerprint");
    const keypair = {
      user: caller.user.id,
      name: name.trim(),
      publicKey,
      fingerprint,
      created: now,
    };
    await keypairs.add(keypair);
    return { keypair, privateKey };
  },
});

export const handler = lambda(createKeypair);
