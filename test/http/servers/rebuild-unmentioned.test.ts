import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { startRebuildable } from "../../support/rebuildable-server.ts";

describe("a rebuild keeps what it does not mention", () => {
  const attributes = {
    name: "db",
    description: "a database",
    hostname: "db-1.example.org",
    metadata: { tier: "2" },
    accessIPv4: "192.0.2.7",
    accessIPv6: "2001:db8::7",
    key_name: null,
    user_data: "IyEvYmluL2Jhc2g=",
    trusted_image_certificates: ["cert"],
    adminPass: "secret",
    preserve_ephemeral: false,
  };

  const seenAs: Readonly<Record<string, string>> = {
    hostname: "OS-EXT-SRV-ATTR:hostname",
    user_data: "OS-EXT-SRV-ATTR:user_data",
  };

  test("for every combination of members", async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(Object.keys(attributes)), async (keys) => {
        const { rebuild, all, pass } = await startRebuildable({
          keyName: "key",
          metadata: { tier: "1" },
          trustedCertificates: ["old"],
        });
        const { status: _, updated: __, "OS-SRV-USG:launched_at": ___, ...before } = await all();
        const over = Object.fromEntries(
          Object.entries(attributes).filter(([key]) => keys.includes(key)),
        );
        const reply = await rebuild(over, "2.94");
        expect(reply.status, reply.text).toBe(202);
        pass(60_000);
        const changed = Object.entries(over).filter(
          ([key]) => key !== "adminPass" && key !== "preserve_ephemeral",
        );
        expect(await all()).toMatchObject({
          ...before,
          ...Object.fromEntries(changed.map(([key, value]) => [seenAs[key] ?? key, value])),
        });
        expect(reply.json.server.user_data).toBe(over["user_data"] ?? null);
      }),
      { numRuns: 40 },
    );
  });

  test("user data is kept until it is null", async () => {
    const { rebuild, pass, all } = await startRebuildable();
    const data = async (over: object) => {
      const reply = await rebuild(over, "2.57");
      pass(2_000);
      expect((await all())["OS-EXT-SRV-ATTR:user_data"]).toBe(reply.json.server.user_data);
      return reply.json.server.user_data;
    };
    expect(await data({ user_data: "IyE=" })).toBe("IyE=");
    expect(await data({})).toBe("IyE=");
    expect(await data({ user_data: null })).toBeNull();
    expect(await data({ user_data: "" })).toBe("");
  });

  test("the disk configuration defaults to the image's", async () => {
    const { rebuild, pass, shown, call } = await startRebuildable();
    const config = async (over: object) => {
      await rebuild(over);
      pass(2_000);
      return (await shown())["OS-DCF:diskConfig"];
    };
    expect(await config({ "OS-DCF:diskConfig": "AUTO" })).toBe("AUTO");
    expect(await config({})).toBe("MANUAL");
    const body = {
      ...{ name: "auto", disk_format: "raw", container_format: "bare" },
      auto_disk_config: "true",
    };
    const { id } = (await call("POST", "/image/v2/images", { body })).json;
    const headers = { "content-type": "application/octet-stream" };
    await call("PUT", `/image/v2/images/${id}/file`, { headers, body: "bytes" });
    expect(await config({ imageRef: id })).toBe("AUTO");
  });

  test("the keypair is the caller's own", async () => {
    const { rebuild, call, pass, shown } = await startRebuildable();
    await call("POST", "/v2.1/os-keypairs", { body: { keypair: { name: "mine" } } });
    expect((await rebuild({ key_name: "mine" }, "2.54")).json.server.key_name).toBe("mine");
    pass(2_000);
    expect((await shown()).key_name).toBe("mine");
    expect((await rebuild({ key_name: "mine" }, "2.54", "admin")).status).toBe(400);
    await rebuild({ key_name: null }, "2.54");
    expect((await shown()).key_name).toBeNull();
  });
});
