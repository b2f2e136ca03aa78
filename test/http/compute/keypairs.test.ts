import { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { expect, test } from "vitest";
import { accounts, projects } from "../../../infra/local/accounts.ts";
import { startCloud } from "../../support/cloud.ts";

const public_key =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBZ+Wq+XGWg4FQYLqPnzI6vZ0gcuT6lkJ9rQ0pvE1p7T web@example.com";
const user_id = accounts.find(({ name }) => name === "demo")?.id ?? "";

async function startWithKeypairs() {
  const { call, pass } = await startCloud();
  const at = (n: number, method: string, path = "", body?: unknown, as = "demo") =>
    call(method, `/v2.1/os-keypairs${path}`, {
      as,
      headers: { "x-openstack-nova-api-version": `2.${n}` },
      ...(body !== undefined && { body }),
    });
  const add = (n: number, keypair: object, as = "demo") =>
    at(n, "POST", "", { keypair: { name: "k", public_key, ...keypair } }, as);
  return { call, at, add, pass };
}

test("E-27: create returns 201 and delete 204 from 2.2 on", async () => {
  const { at, add } = await startWithKeypairs();
  const codes = async (n: number) => [
    (await add(n, {})).status,
    (await at(n, "DELETE", "/k")).status,
  ];
  expect([await codes(1), await codes(2)]).toEqual([
    [200, 202],
    [201, 204],
  ]);
});

test("E-39: the type is shown from 2.2 on, in every response", async () => {
  const { at, add } = await startWithKeypairs();
  expect((await add(2, { type: "ssh" })).json.keypair.type).toBe("ssh");
  expect((await at(2, "GET", "/k")).json.keypair.type).toBe("ssh");
  expect((await at(2, "GET")).json.keypairs[0].keypair.type).toBe("ssh");
  expect((await at(1, "GET", "/k")).json.keypair).not.toHaveProperty("type");
  expect((await add(1, { name: "b", type: "ssh" })).status).toBe(400);
});

test("an x509 key pair is a client certificate with its key as PKCS #12", async () => {
  const { at, add } = await startWithKeypairs();
  const made = (await add(2, { name: "win", type: "x509", public_key: undefined })).json.keypair;
  const certificate = new X509Certificate(made.public_key);
  expect(certificate.subject).toBe(`CN=${made.user_id}`);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
  expect(certificate.subjectAltName).toContain(`${made.user_id}@localhost`);
  expect(made.fingerprint).toBe(certificate.fingerprint.toLowerCase());
  // OpenSSL reads the certificate's key and checks the MAC.
  const pfx = Buffer.from(made.private_key, "base64");
  expect(() => createSecureContext({ pfx, passphrase: "" })).not.toThrow();
  const spoilt = Buffer.from(pfx);
  spoilt[200] = (spoilt[200] ?? 0) ^ 1;
  expect(() => createSecureContext({ pfx: spoilt, passphrase: "" })).toThrow();
  const { public_key } = made;
  const again = await add(2, { name: "given", type: "x509", public_key });
  expect(again.json.keypair).toMatchObject({ type: "x509", fingerprint: made.fingerprint });
  expect((await at(2, "GET", "/win")).json.keypair).toMatchObject({ type: "x509", public_key });
  const bad = await add(2, { name: "bad", type: "x509", public_key: "x" });
  expect(bad.json.badRequest.message).toContain("failed to generate X509 fingerprint");
});

test("only administrators act for other users, from 2.10 on", async () => {
  const { at, add } = await startWithKeypairs();
  expect((await add(10, { user_id }, "admin")).json.keypair.user_id).toBe(user_id);
  expect((await at(10, "GET", "/k")).status).toBe(200);
  expect(
    (await at(10, "GET", `?user_id=${user_id}`, undefined, "admin")).json.keypairs,
  ).toHaveLength(1);
  expect(
    (await at(9, "GET", `?user_id=${user_id}`, undefined, "admin")).json.keypairs,
  ).toHaveLength(0);
  const foreign = await at(10, "GET", `/k?user_id=${user_id}`, undefined, "alt_demo");
  expect(foreign.json.forbidden.message).toBe(
    "Policy doesn't allow os_compute_api:os-keypairs:show to be performed.",
  );
  expect((await at(10, "DELETE", `/k?user_id=${user_id}`, undefined, "admin")).status).toBe(204);
  const gone = await at(10, "GET", "/k");
  expect(gone.json.itemNotFound.message).toBe(`Keypair k not found for user ${user_id}`);
});

test("pages are linked from 2.35 on", async () => {
  const { at, add } = await startWithKeypairs();
  for (const name of ["a", "b", "c"]) await add(2, { name });
  expect((await at(34, "GET", "?limit=1")).json.keypairs).toHaveLength(3);
  const { json } = await at(35, "GET", "?limit=2");
  expect(json.keypairs).toHaveLength(2);
  expect(json.keypairs_links[0].href).toContain("/v2.1/os-keypairs?limit=2&marker=b");
  const last = (await at(35, "GET", "?limit=2&marker=b")).json;
  expect(Object.keys(last)).toEqual(["keypairs"]);
  expect((await at(35, "GET", "?marker=z")).json.badRequest.message).toBe(
    "Marker z could not be found.",
  );
});

test("from 2.92 on only import exists, and names may have @ and dots", async () => {
  const { at, add } = await startWithKeypairs();
  expect((await add(91, { name: "me@host.example" })).status).toBe(400);
  expect((await add(92, { name: "me@host.example" })).status).toBe(201);
  expect((await add(92, { name: "a/b" })).status).toBe(400);
  expect((await at(92, "POST", "", { keypair: { name: "k" } })).json.badRequest.message).toContain(
    "'public_key' is a required property",
  );
});

test("the project's quota limits the key pairs of each user", async () => {
  const { call, add } = await startWithKeypairs();
  await call("PUT", `/v2.1/os-quota-sets/${projects.demo.id}`, {
    as: "admin",
    body: { quota_set: { key_pairs: 1 } },
  });
  expect((await add(2, { name: "a" })).status).toBe(201);
  expect((await add(2, { name: "b" })).json.forbidden.message).toBe(
    "Quota exceeded, too many key pairs.",
  );
  expect((await add(2, { name: "b" }, "alt_demo")).status).toBe(201);
});

test("numeric ids are unique", async () => {
  const { at, add } = await startWithKeypairs();
  for (const name of ["a", "b"]) await add(2, { name });
  const number = async (name: string) => (await at(2, "GET", `/${name}`)).json.keypair.id;
  expect(await number("a")).not.toBe(await number("b"));
  expect(await number("a")).toBe(await number("a"));
});
