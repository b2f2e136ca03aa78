import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { startCloud } from "../support/cloud.ts";

const publicKey =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBZ+Wq+XGWg4FQYLqPnzI6vZ0gcuT6lkJ9rQ0pvE1p7T web@example.com";
const imported = { keypair: { name: "web key", public_key: publicKey } };

test("E-39: a keypair is imported, listed wrapped, shown and deleted with Nova's status codes", async () => {
  const { call } = await startCloud();
  const created = await call("POST", "/v2.1/os-keypairs", { body: imported });
  expect(created.status).toBe(200);
  const { fingerprint } = created.json.keypair;
  expect(fingerprint).toMatch(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
  expect(created.json.keypair).toEqual({
    name: "web key",
    public_key: publicKey,
    fingerprint,
    user_id: "1d4f6a8c0e2b4d5f97a9c1e3b5d7f021",
  });
  expect((await call("GET", "/v2.1/os-keypairs")).json).toEqual({
    keypairs: [{ keypair: { name: "web key", public_key: publicKey, fingerprint } }],
  });
  const shown = await call("GET", "/v2.1/os-keypairs/web%20key");
  expect(shown.json.keypair).toMatchObject({
    deleted: false,
    created_at: "2026-01-15T12:00:00.000000",
  });
  expect((await call("DELETE", "/v2.1/os-keypairs/web%20key")).status).toBe(202);
  expect((await call("GET", "/v2.1/os-keypairs/web%20key")).status).toBe(404);
  expect((await call("DELETE", "/v2.1/os-keypairs/web%20key")).status).toBe(404);
});

test("E-39: a name is unique per user", async () => {
  const { call } = await startCloud();
  await call("POST", "/v2.1/os-keypairs", { body: imported });
  const again = await call("POST", "/v2.1/os-keypairs", { body: imported });
  expect(again.status).toBe(409);
  expect(again.json.conflictingRequest.message).toBe("Key pair 'web key' already exists.");
  const other = await call("POST", "/v2.1/os-keypairs", { as: "alt_demo", body: imported });
  expect(other.status).toBe(200);
});

test("the generated keys match, and ssh-keygen reads them", async () => {
  const { call } = await startCloud();
  const { json } = await call("POST", "/v2.1/os-keypairs", { body: { keypair: { name: "new" } } });
  const { private_key, public_key, fingerprint } = json.keypair;
  const data = Buffer.from("challenge");
  const signed = sign("sha256", data, createPrivateKey(private_key));
  expect(verify("sha256", data, createPublicKey(private_key), signed)).toBe(true);
  const directory = mkdtempSync(join(tmpdir(), "novaless-key-"));
  const files = { private: join(directory, "id"), public: join(directory, "id.pub") };
  writeFileSync(files.private, private_key, { mode: 0o600 });
  writeFileSync(files.public, public_key);
  try {
    execFileSync("ssh-keygen", ["-V"], { stdio: "ignore" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
      console.warn("ssh-keygen is not installed: the generated key is not shown to it.");
      return;
    }
  }
  const derived = execFileSync("ssh-keygen", ["-y", "-f", files.private]).toString().trim();
  expect(public_key).toContain(derived.split(" ").slice(0, 2).join(" "));
  const printed = execFileSync("ssh-keygen", ["-l", "-E", "md5", "-f", files.public]).toString();
  expect(printed).toContain(`MD5:${fingerprint}`);
});

test("an invalid key and an invalid name return 400", async () => {
  const { call, commands } = await startCloud();
  const bad = await call("POST", "/v2.1/os-keypairs", {
    body: { keypair: { name: "x", public_key: "ssh-rsa nonsense" } },
  });
  expect(bad.json.badRequest.message).toBe(
    "Keypair data is invalid: failed to generate fingerprint",
  );
  const named = await call("POST", "/v2.1/os-keypairs", { body: { keypair: { name: "a/b" } } });
  expect(named.status).toBe(400);
  expect(commands).not.toContain("PutItem");
});

test("a server accepts the name of its user's key and shows it", async () => {
  const { call } = await startCloud();
  const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", key_name: "web key" };
  const refused = await call("POST", "/v2.1/servers", { body: { server } });
  expect(refused.json.badRequest.message).toBe("Invalid key_name provided.");
  await call("POST", "/v2.1/os-keypairs", { body: imported });
  const { json } = await call("POST", "/v2.1/servers", { body: { server } });
  const shown = await call("GET", `/v2.1/servers/${json.server.id}`);
  expect(shown.json.server.key_name).toBe("web key");
});
