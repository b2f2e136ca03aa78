import { describe, expect, test } from "vitest";
import { provisioningFunction } from "../../infra/aws/function-permissions.ts";
import { parseKeyRing } from "../../lambdas/identity/authentication/key-ring.ts";
import {
  createEvent,
  fakeSecrets,
  password,
  startProvisioning,
  updateEvent,
} from "../support/provisioning.ts";

describe("a new deployment", () => {
  test("has its own key, and reports only the public part", async () => {
    const { respondTo, ring } = await startProvisioning();

    const text = await respondTo(createEvent());
    const [{ label, key } = { label: "", key: null }] = await ring();

    expect(label).toBe("first");
    expect(key?.d).toMatch(/^[\w-]{43}$/);
    expect(JSON.parse(text)).toEqual({
      TokenKeys: JSON.stringify([{ kty: "OKP", crv: "Ed25519", x: key?.x }]),
    });
    expect(text).not.toContain(key?.d);
    expect(text).not.toContain(password);
  });

  test("has an administrator who can log in with the generated password and create users", async () => {
    const { keys, login, call } = await startProvisioning();
    await keys(createEvent());

    const { status, token } = await login(password);
    const made = await call("POST", "/identity/v3/users", {
      as: null,
      headers: { "x-auth-token": token },
      body: { user: { name: "other" } },
    });

    expect([status, made.status]).toEqual([201, 201]);
    expect((await login("admin")).status).toBe(401);
  });

  test("makes exactly the DynamoDB calls that its role allows", async () => {
    const { keys, commands } = await startProvisioning();

    await keys(createEvent("one"));
    await keys(createEvent("two"));

    expect([...new Set(commands)].toSorted()).toEqual(provisioningFunction.permissions.actions);
  });
});

describe("repeated provisioning", () => {
  test("after a lost response returns the same data and changes nothing", async () => {
    const { respondTo, versions, login } = await startProvisioning();

    const first = await respondTo(createEvent());
    const again = await respondTo(createEvent());

    expect(again).toBe(first);
    expect(versions()).toBe(2);
    expect((await login(password)).status).toBe(201);
  });

  test("run concurrently returns the same key twice", async () => {
    const kept = fakeSecrets();
    const both = Promise.withResolvers<void>();
    let reading = 0;
    const { respondTo } = await startProvisioning({
      ...kept.secrets,
      async read(secret, version) {
        const text = await kept.secrets.read(secret, version);
        if (secret !== "key" || version !== undefined) return text;
        if (++reading === 2) both.resolve();
        await both.promise;
        return text;
      },
    });

    const [one, other] = await Promise.all([respondTo(createEvent()), respondTo(createEvent())]);

    expect(one).toBe(other);
    expect(kept.versions()).toBe(2);
    expect(one).toContain(parseKeyRing(await kept.secrets.read("key"))[0]?.key.x);
  });

  test("after a failure continues from the completed steps", async () => {
    const missing = { failing: true };
    const { secrets } = fakeSecrets();
    const { respondTo, login } = await startProvisioning({
      async put(...args) {
        if (missing.failing) throw new Error("Secrets Manager is away");
        return secrets.put(...args);
      },
    });

    await expect(respondTo(createEvent())).rejects.toThrow("away");
    missing.failing = false;

    await respondTo(createEvent());
    expect((await login(password)).status).toBe(201);
  });

  test("does not restore a deleted administrator or the old password", async () => {
    const { keys, login, call } = await startProvisioning();
    await keys(createEvent());
    const { token } = await login(password);
    const headers = { "x-auth-token": token };
    const { json } = await call("GET", "/identity/v3/users?name=admin", { as: null, headers });
    const user = `/identity/v3/users/${json.users[0].id}`;
    await call("PATCH", user, { as: null, headers, body: { user: { password: "changed" } } });

    await keys(createEvent("again"));
    await keys(updateEvent("later", "first", "second"));
    expect([(await login(password)).status, (await login("changed")).status]).toEqual([401, 201]);

    await call("DELETE", user, {
      as: null,
      headers: { "x-auth-token": (await login("changed")).token },
    });
    await keys(updateEvent("last", "second", "second"));
    expect((await login(password)).status).toBe(401);
  });

  test("on a replaced table creates an administrator there", async () => {
    const { keys, login } = await startProvisioning();

    await keys(updateEvent("moved", "first", "first", "another-table"));

    expect((await login(password)).status).toBe(201);
  });
});
