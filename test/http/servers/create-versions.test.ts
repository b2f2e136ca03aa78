import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { microversionHeader } from "../../support/send-request.ts";
import { serverFields, startWithCreate } from "../../support/versioned-create.ts";

describe("create", () => {
  test("2.19: the description is as given, or null, and before that the name", async () => {
    const show = await startWithCreate();
    expect((await show({}, 18, 19)).description).toBe("web");
    expect((await show({}, 19, 19)).description).toBeNull();
    expect((await show({ description: "" }, 19, 19)).description).toBe("");
    expect((await show({ description: " é " }, 19, 19)).description).toBe(" é ");
  });

  test("2.52: tags are sorted and unique; 2.63: certificates are as given", async () => {
    const show = await startWithCreate();
    expect((await show({ tags: ["red", "blue", "red"] }, 52, 26)).tags).toEqual(["blue", "red"]);
    const certificates = { trusted_image_certificates: ["one", "two"] };
    expect(await show(certificates, 63, 63)).toMatchObject(certificates);
  });

  test("2.90, 2.94: the hostname is as given, or derived from the name", async () => {
    const show = await startWithCreate();
    const hostname = "OS-EXT-SRV-ATTR:hostname";
    expect((await show({ hostname: "db-1" }, 90, 90))[hostname]).toBe("db-1");
    expect((await show({ hostname: "db.example.org" }, 94, 90))[hostname]).toBe("db.example.org");
    expect((await show({ name: "My Web_1.x" }, 90, 90))[hostname]).toBe("my-web-1-x");
    expect((await show({ name: "日本" }, 90, 90))[hostname]).toMatch(/^Server-[0-9a-f-]{36}$/);
    expect(await show({ hostname: "db.example.org" }, 93, 90)).toEqual([
      400,
      expect.stringMatching(/^Invalid input for field\/attribute hostname\./),
    ]);
    expect(await show({ hostname: "db", max_count: 2 }, 90, 90)).toEqual([
      400,
      "Unable to allocate a single hostname to multiple instances",
    ]);
  });

  test("2.96: a requested zone is pinned", async () => {
    const show = await startWithCreate();
    const zone = { availability_zone: "nova" };
    expect((await show(zone, 1, 96)).pinned_availability_zone).toBe("nova");
    expect((await show({}, 1, 96)).pinned_availability_zone).toBeNull();
  });

  const host = "novaless-1";
  const forced = { availability_zone: `nova:${host}` };
  test.each([
    [
      "demo",
      1,
      forced,
      403,
      "Policy doesn't allow os_compute_api:servers:create:forced_host to be performed.",
    ],
    [
      "demo",
      74,
      { host },
      403,
      "Policy doesn't allow compute:servers:create:requested_destination to be performed.",
    ],
    ["admin", 74, { host: "mars" }, 400, "Compute host mars could not be found."],
    [
      "admin",
      74,
      { ...forced, hypervisor_hostname: host },
      400,
      "One mechanism with host and/or hypervisor_hostname and another mechanism with zone:host:node are mutually exclusive.",
    ],
    [
      "admin",
      1,
      { availability_zone: "a:b:c:d" },
      400,
      "Invalid input received: Unable to parse availability_zone",
    ],
    [
      "demo",
      1,
      { availability_zone: "mars" },
      400,
      "The requested availability zone is not available",
    ],
  ])("%s at 2.%i with %j is refused: %i", async (as, version, server, status, message) => {
    const create = await startWithCreate();
    expect(await create(server, version, 1, as)).toEqual([status, message]);
  });

  test("administrators may name the host", async () => {
    const create = await startWithCreate();
    for (const server of [forced, { host }, { hypervisor_hostname: host }])
      expect(await create(server, 74, 1, "admin")).toHaveProperty(["OS-EXT-SRV-ATTR:host"], host);
  });

  test("2.37: networks are required; auto and none are accepted", async () => {
    const { call } = await startCloud();
    const create = (server: object) =>
      call("POST", "/v2.1/servers", {
        headers: microversionHeader(37),
        body: { server: { ...serverFields, ...server } },
      });
    expect((await create({})).json.badRequest.message).toBe(
      "Invalid input for field/attribute server. Value: " +
        `{'name': 'web', 'imageRef': '${seedImages[0]?.id}', 'flavorRef': '1'}. 'networks' is a required property`,
    );
    for (const networks of ["auto", "none"]) expect((await create({ networks })).status).toBe(202);
    expect((await create({ networks: "some" })).status).toBe(400);
  });

  test("a multi-create lists the last server first, with launch_index in order", async () => {
    const { call } = await startCloud();
    const server = { ...serverFields, min_count: 3 };
    await call("POST", "/v2.1/servers", { as: "admin", body: { server } });
    const { json } = await call("GET", "/v2.1/servers/detail", {
      as: "admin",
      headers: microversionHeader(3),
    });
    expect(
      json.servers.map((one: Record<string, unknown>) => [
        one["name"],
        one["OS-EXT-SRV-ATTR:launch_index"],
        one["OS-EXT-SRV-ATTR:hostname"],
      ]),
    ).toEqual([
      ["web-3", 2, "web-3"],
      ["web-2", 1, "web-2"],
      ["web-1", 0, "web-1"],
    ]);
  });
});
