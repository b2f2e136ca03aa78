import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { CloudFormationCustomResourceEvent as Event } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { provisioningFunction } from "../../infra/aws/function-permissions.ts";
import { openBackend } from "../../lambdas/deployed/backend.ts";
import {
  parseKeyRing,
  publicKeysOf,
  rotateKeys,
} from "../../lambdas/identity/authentication/key-ring.ts";
import { createTokens, type Jwk } from "../../lambdas/identity/authentication/tokens.ts";
import { tokenLifetimeMs } from "../../lambdas/identity/model/identity.ts";
import { customResource } from "../../lambdas/provisioning/custom-resource.ts";
import { provision } from "../../lambdas/provisioning/provision.ts";
import type { SecretStore } from "../../lambdas/provisioning/secrets.ts";
import { openTestTable, recordCommands, startCloud } from "../support/cloud.ts";
import { testClaims } from "../support/tokens.ts";

const password = "made-up-by-secrets-manager";
const targets = { signingKey: "key", administratorPassword: "password" };
const dayMs = 86_400_000;

/** Secrets Manager with immutable versions, the last one current. */
function fakeSecrets() {
  const versions = new Map<string, Map<string, string>>([
    ["key", new Map([["made", "a random string, as CloudFormation makes one"]])],
    ["password", new Map([["made", password]])],
  ]);
  const secrets: SecretStore = {
    async read(secret, version) {
      const all = versions.get(secret);
      return (version === undefined ? [...(all?.values() ?? [])].at(-1) : all?.get(version)) ?? "";
    },
    async put(secret, version, text) {
      const all = versions.get(secret);
      if (!all || all.has(version)) return false;
      all.set(version, text);
      return true;
    },
  };
  return { secrets, versions: () => versions.get("key")?.size ?? 0 };
}

const eventBase = {
  ServiceToken: "arn:aws:lambda:::function:provision",
  ResponseURL: "",
  StackId: "stack",
  ResourceType: "Custom::TokenKeys",
  LogicalResourceId: "TokenKeys",
};
const resourceProperties = (Rotation: string, Table = "table") => ({
  ServiceToken: eventBase.ServiceToken,
  Rotation,
  Table,
});

const createEvent = (RequestId = "create", Rotation = "first"): Event => ({
  ...eventBase,
  RequestType: "Create",
  RequestId,
  ResourceProperties: resourceProperties(Rotation),
});

const updateEvent = (RequestId: string, from: string, to: string, table?: string): Event => ({
  ...eventBase,
  RequestType: "Update",
  RequestId,
  PhysicalResourceId: "TokenKeys",
  ResourceProperties: resourceProperties(to, table),
  OldResourceProperties: resourceProperties(from),
});

/** A cloud without users, and the function that provisions it. */
async function startProvisioning(over: Partial<SecretStore> = {}) {
  const table = await openTestTable();
  const commands = recordCommands(table);
  const backend = openBackend(table);
  const { environment, call, pass, now } = await startCloud({ backend: () => backend });
  const kept = fakeSecrets();
  const secrets = { ...kept.secrets, ...over };

  return {
    call,
    commands,
    pass,
    now,
    ...kept,

    /** CloudFormation's response, as text. */
    respondTo: async (event: Event) =>
      JSON.stringify(await provision(event, environment, secrets, targets)),

    async keys(event: Event): Promise<Jwk[]> {
      return JSON.parse((await provision(event, environment, secrets, targets))["TokenKeys"] ?? "");
    },

    ring: async () => parseKeyRing(await kept.secrets.read("key")),

    login: async (secret: string) => {
      const user = { name: "admin", domain: { id: "default" }, password: secret };
      const identity = { methods: ["password"], password: { user } };
      const { status, headers } = await call("POST", "/identity/v3/auth/tokens", {
        as: null,
        body: {
          auth: { identity, scope: { project: { name: "admin", domain: { id: "default" } } } },
        },
      });
      return { status, token: headers.get("x-subject-token") ?? "" };
    },
  };
}

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

describe("rotation", () => {
  const claims = (now: number) =>
    testClaims("demo", { issued: now, expires: now + tokenLifetimeMs });

  test("puts a new key first, and tokens of the old key stay valid until they expire", async () => {
    const { keys, pass, now, ring } = await startProvisioning();
    const [old] = await keys(createEvent());
    const [{ key } = { key: null }] = await ring();
    const token = await createTokens([], async () => key as Jwk).issue(claims(now()));

    const public2 = await keys(updateEvent("turn", "first", "second"));
    pass(tokenLifetimeMs - 1);

    expect(public2).toHaveLength(2);
    expect(public2[0]).not.toEqual(old);
    expect(public2[1]).toEqual(old);
    const { verify } = createTokens(public2, () => Promise.reject(new Error("unused")));
    expect(verify(token, now())).not.toBeNull();
    expect(verify(token, now() + 1)).toBeNull();
  });

  test("drops the old key, private part included, in a deployment one day later", async () => {
    const { keys, pass, secrets } = await startProvisioning();
    const [old] = await keys(createEvent());
    const [current] = await keys(updateEvent("turn", "first", "second"));
    pass(dayMs);
    expect(await keys(updateEvent("soon", "second", "second"))).toEqual([current, old]);

    pass(tokenLifetimeMs);
    expect(await keys(updateEvent("late", "second", "second"))).toEqual([current]);
    expect(await secrets.read("key")).not.toContain(old?.x);
  });

  test("that is rolled back puts the old key first again, and can be repeated", async () => {
    const { keys } = await startProvisioning();
    const [old] = await keys(createEvent());
    const [next] = await keys(updateEvent("turn", "first", "second"));

    expect(await keys(updateEvent("back", "second", "first"))).toEqual([old, next]);
    expect(await keys(updateEvent("anew", "first", "second"))).toEqual([next, old]);
  });

  test("of an emptied secret leaves only the new key: for a leaked key", async () => {
    const { keys, secrets } = await startProvisioning();
    const [leaked] = await keys(createEvent());
    await secrets.put("key", "by hand", "[]");

    const left = await keys(updateEvent("turn", "first", "second"));

    expect(left).toHaveLength(1);
    expect(left).not.toContainEqual(leaked);
  });

  test("the ring has its label first and each label once, and keeps keys long enough", () => {
    const steps = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.nat({ max: 3 * dayMs })));
    let made = 0;
    const make = (): Jwk => ({ kty: "OKP", crv: "Ed25519", x: `x${made++}`, d: "secret" });

    fc.assert(
      fc.property(steps, (all) => {
        let now = 0;
        let ring = rotateKeys([], "start", now, make);
        for (const [label, after] of all) {
          now += after;
          const before = ring;
          ring = rotateKeys(parseKeyRing(JSON.stringify(before)), label, now, make);
          const labels = ring.map((one) => one.label);
          expect(labels[0]).toBe(label);
          expect(new Set(labels).size).toBe(labels.length);
          expect(ring.filter(({ retired }) => retired === undefined)).toHaveLength(1);
          expect(labels).toContain(before[0]?.label);
          expect(JSON.stringify(publicKeysOf(ring))).not.toContain("secret");
          for (const { retired = now } of ring) expect(now - retired).toBeLessThan(2 * dayMs);
        }
      }),
    );
  });

  test.each(["", "a password", "{}", "[1]", "[null]", '[{"label":"a","key":{"crv":"Ed25519"}}]'])(
    "a secret that holds %j is refused, and its content is not reported",
    (text) => {
      expect(parseKeyRing(text)).toEqual([]);
    },
  );
});

describe("CloudFormation's protocol", () => {
  interface Put {
    readonly type: string | undefined;
    readonly length: string | undefined;
    readonly body: Readonly<Record<string, unknown>>;
  }

  /** Receives responses, and refuses the first ones. */
  async function answers(refusing = 0) {
    const taken: Put[] = [];
    let left = refusing;
    const server = createServer(async (request, response) => {
      const { "content-type": type, "content-length": length } = request.headers;
      const body = await json(request);
      if (left-- > 0) return void response.writeHead(503).end();
      taken.push({ type, length, body: body as Put["body"] });
      response.end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/signed?X=1`;
    return { taken, to: (event: Event): Event => ({ ...event, ResponseURL }) };
  }

  const same = {
    StackId: "stack",
    LogicalResourceId: "TokenKeys",
    PhysicalResourceId: "TokenKeys",
  };

  test("a result is sent to the event's URL without a media type", async () => {
    const { taken, to } = await answers();

    await customResource(async () => ({ TokenKeys: "[]" }))(to(createEvent()));

    expect(taken).toEqual([
      {
        type: "",
        length: expect.stringMatching(/^\d+$/),
        body: { ...same, Status: "SUCCESS", RequestId: "create", Data: { TokenKeys: "[]" } },
      },
    ]);
  });

  test("a failure is sent too, as a short text", async () => {
    const { taken, to } = await answers();
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    onTestFinished(() => logged.mockRestore());
    const failing = customResource(() => Promise.reject(new Error("no ".repeat(10_000))));

    await failing(to(updateEvent("turn", "first", "second")));

    const [{ body } = { body: {} as Put["body"] }] = taken;
    expect(body).toMatchObject({ ...same, Status: "FAILED", RequestId: "turn" });
    expect(JSON.stringify(body).length).toBeLessThan(4_096);
  });

  test("a delete does nothing: the secrets and the table are resources of their own", async () => {
    const { taken, to } = await answers();
    const {
      RequestType: _,
      OldResourceProperties: __,
      ...event
    } = updateEvent("end", "first", "first") as Event & { OldResourceProperties: unknown };

    await customResource(() => Promise.reject(new Error("asked")))(
      to({ ...event, RequestType: "Delete", PhysicalResourceId: "TokenKeys" }),
    );

    expect(taken.map(({ body }) => body)).toEqual([
      { ...same, Status: "SUCCESS", RequestId: "end" },
    ]);
  });

  test("a refused response is sent again, then the whole operation is retried", async () => {
    const soon = await answers(2);
    const never = await answers(3);
    const working = customResource(async () => ({}));

    await working(soon.to(createEvent()));
    expect(soon.taken).toHaveLength(1);
    await expect(working(never.to(createEvent()))).rejects.toThrow("503");
  });
});
