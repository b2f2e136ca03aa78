import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  parseKeyRing,
  publicKeysOf,
  rotateKeys,
} from "../../lambdas/identity/authentication/key-ring.ts";
import { createTokens, type Jwk } from "../../lambdas/identity/authentication/tokens.ts";
import { tokenLifetimeMs } from "../../lambdas/identity/model/identity.ts";
import { createEvent, startProvisioning, updateEvent } from "../support/provisioning.ts";
import { testClaims } from "../support/tokens.ts";

const dayMs = 86_400_000;

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
