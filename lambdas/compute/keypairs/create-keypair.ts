import { badRequest, Fault } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import type { Keypair } from "../model/keypair.ts";
import { getQuotas } from "../repositories/quotas.ts";
import { resolveOwner } from "./owner.ts";
import { generateSshKey, sshFingerprint } from "./ssh-key.ts";
import { certificateFingerprint, generateCertificate } from "./x509.ts";

const nameField = (pattern: string) =>
  ({ type: "string", format: "name", minLength: 1, maxLength: 255, pattern }) as const;

const body = {
  type: "object",
  properties: {
    keypair: {
      type: "object",
      properties: {
        name: {
          type: "string",
          versions: {
            1: nameField("^[_\\- a-zA-Z0-9]+$"),
            92: nameField("^[_\\-@. a-zA-Z0-9]+$"),
          },
        },
        type: { type: "string", enum: ["ssh", "x509"], since: 2 },
        public_key: { type: "string", neededSince: 92 },
        user_id: { type: "string", since: 10 },
      },
      required: ["name"],
      additionalProperties: false,
    },
  },
  required: ["keypair"],
  additionalProperties: false,
} as const;

const rule = "os_compute_api:os-keypairs:create";

/** Returns the private key of a created pair only once. */
export const createKeypair = operation({
  id: "compute/create-keypair",
  service: "compute",
  route: "POST /os-keypairs",
  function: "own",
  access: { rule, role: "reader" },
  dynamoCalls: ["Query", "GetItem", "PutItem"],
  answer: "createdKeypair",
  body,
  async run(call, environment) {
    const { keypairs, records } = environment.backend();
    const { name, public_key: importedKey, type = "ssh", user_id } = call.body.keypair;
    const user = resolveOwner(call, user_id, rule);
    const [{ key_pairs: maxKeypairs }, all] = await Promise.all([
      getQuotas(records, call.project, call.now),
      keypairs.list(user),
    ]);
    if (maxKeypairs >= 0 && all.length >= maxKeypairs)
      throw new Fault({ kind: "denied", reason: "Quota exceeded, too many key pairs." });
    const { publicKey, privateKey } =
      importedKey !== undefined
        ? { publicKey: importedKey, privateKey: null }
        : type === "x509"
          ? await generateCertificate(user, call.now)
          : await generateSshKey();
    const fingerprint = getFingerprint(publicKey, type);
    const keypair = { user, name: name.trim(), type, publicKey, fingerprint, created: call.now };
    await keypairs.add(keypair);
    return { keypair, privateKey };
  },
});

function getFingerprint(publicKey: string, type: Keypair["type"]): string {
  if (type === "x509") {
    const result = certificateFingerprint(publicKey);
    if ("fingerprint" in result) return result.fingerprint;
    throw badRequest(
      `Keypair data is invalid: failed to generate X509 fingerprint. Error message: ${result.reason}`,
    );
  }
  const fingerprint = sshFingerprint(publicKey);
  if (fingerprint === null)
    throw badRequest("Keypair data is invalid: failed to generate fingerprint");
  return fingerprint;
}
