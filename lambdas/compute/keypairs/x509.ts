import {
  createHash,
  createHmac,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { promisify } from "node:util";
import * as der from "./der.ts";

const generate = promisify(generateKeyPair);

const dayMs = 86_400_000;

/** For WinRM logins: PKCS #12 without a password. */
export async function generateCertificate(user: string, now: number) {
  const { privateKey, publicKey } = await generate("rsa", { modulusLength: 2048 });
  const certificate = buildCertificate(user, now, privateKey, publicKey);
  const lines =
    Buffer.from(certificate)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return {
    publicKey: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join(
      "\n",
    ),
    privateKey: Buffer.from(toPkcs12(privateKey, certificate)).toString("base64"),
  };
}

/** SHA-1 of a PEM certificate. */
export function certificateFingerprint(pem: string): { fingerprint: string } | { reason: string } {
  try {
    return { fingerprint: new X509Certificate(pem).fingerprint.toLowerCase() };
  } catch (cause) {
    return { reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

function buildCertificate(user: string, now: number, key: KeyObject, publicKey: KeyObject) {
  const algorithm = der.sequence(der.oid("1.2.840.113549.1.1.11"), der.nullValue);
  const name = der.sequence(der.set(der.sequence(der.oid("2.5.4.3"), der.utf8(user))));
  const principal = der.explicit(0, der.utf8(`${user}@localhost`));
  const extensions = der.sequence(
    // for client authentication
    extension("2.5.29.37", der.sequence(der.oid("1.3.6.1.5.5.7.3.2"))),
    extension(
      "2.5.29.17",
      der.sequence(der.explicit(0, Buffer.concat([der.oid("1.3.6.1.4.1.311.20.2.3"), principal]))),
    ),
  );
  const tbsCertificate = der.sequence(
    der.explicit(0, der.smallInteger(2)),
    der.integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    der.sequence(der.utcTime(now), der.utcTime(now + 3650 * dayMs)),
    name,
    publicKey.export({ format: "der", type: "spki" }),
    der.explicit(3, extensions),
  );
  return der.sequence(
    tbsCertificate,
    algorithm,
    der.bitString(sign("sha256", tbsCertificate, key)),
  );
}

const extension = (id: string, value: Uint8Array) =>
  der.sequence(der.oid(id), der.octetString(value));

const pkcs7Data = (content: Uint8Array) =>
  der.sequence(der.oid("1.2.840.113549.1.7.1"), der.explicit(0, der.octetString(content)));

const pkcs12Bag = (id: string, value: Uint8Array) =>
  der.sequence(der.oid(id), der.explicit(0, value));

/** RFC 7292 §4, unencrypted. */
function toPkcs12(key: KeyObject, certificate: Uint8Array) {
  const keyBag = pkcs12Bag(
    "1.2.840.113549.1.12.10.1.1",
    key.export({ format: "der", type: "pkcs8" }),
  );
  const certificateBag = pkcs12Bag(
    "1.2.840.113549.1.12.10.1.3",
    pkcs12Bag("1.2.840.113549.1.9.22.1", der.octetString(certificate)),
  );
  const safe = der.sequence(
    pkcs7Data(der.sequence(keyBag)),
    pkcs7Data(der.sequence(certificateBag)),
  );
  const salt = randomBytes(8);
  const digest = der.sequence(
    der.sequence(der.oid("1.3.14.3.2.26"), der.nullValue),
    der.octetString(createHmac("sha1", macKey(salt)).update(safe).digest()),
  );
  return der.sequence(
    der.smallInteger(3),
    pkcs7Data(safe),
    der.sequence(digest, der.octetString(salt), der.smallInteger(macIterations)),
  );
}

const macIterations = 2048;

/** RFC 7292 §B.2 for the password "": its terminator alone. */
function macKey(salt: Uint8Array): Uint8Array {
  const salted = Buffer.alloc(64, salt);
  let key: Uint8Array = Buffer.concat([Buffer.alloc(64, 3), salted, Buffer.alloc(64)]);
  for (let round = 0; round < macIterations; round++) key = createHash("sha1").update(key).digest();
  return key;
}
