import { describe, expect, test } from "vitest";
import { hostNames, noValidHostText } from "../../../lambdas/compute/model/host-filters.ts";
import { startWithScheduling } from "../../support/scheduling.ts";

const [first, second, third, fourth] = hostNames;

describe("availability zones are those of aggregates", () => {
  async function zoned() {
    const cloud = await startWithScheduling();
    const { admin } = cloud;
    const aggregate = { name: "rack", availability_zone: "az" };
    const { id } = (await admin("POST", "/os-aggregates", { aggregate })).json.aggregate;
    const act = (body: object) => admin("POST", `/os-aggregates/${id}/action`, body);
    await act({ add_host: { host: third } });
    return { ...cloud, act, id };
  }

  test("a server is placed in the requested zone, and shows the zone of its host", async () => {
    const { boot, hostOf, ask, call, setServiceStatus, admin } = await zoned();
    const server = await boot({ availability_zone: "az" });
    expect(hostOf(server)).toBe(third);
    expect(server["OS-EXT-AZ:availability_zone"]).toBe("az");
    expect((await boot())["OS-EXT-AZ:availability_zone"]).toBe("nova");
    const strange = await ask({ availability_zone: "else" });
    expect(strange.json.badRequest.message).toBe(
      "The requested availability zone is not available",
    );
    const zones = async () => (await call("GET", "/v2.1/os-availability-zone")).json;
    const zone = (zoneName: string, available: boolean) => ({
      zoneName,
      zoneState: { available },
      hosts: null,
    });
    expect((await zones()).availabilityZoneInfo).toEqual([zone("az", true), zone("nova", true)]);
    await setServiceStatus(third ?? "", "disable");
    expect((await zones()).availabilityZoneInfo).toEqual([zone("nova", true), zone("az", false)]);
    expect((await ask({ availability_zone: "az" })).status).toBe(400);
    const detail = (await admin("GET", "/os-availability-zone/detail")).json.availabilityZoneInfo;
    expect(detail.map(({ zoneName }: { zoneName: string }) => zoneName)).toEqual([
      "internal",
      "nova",
      "az",
    ]);
    expect(Object.keys(detail[1].hosts)).toEqual([first, second, fourth]);
    expect(detail[2].hosts).toBeNull();
  });

  test("an unshelved server goes to the requested zone and shows it", async () => {
    const { boot, hostOf, admin, pass, shown, setServiceStatus } = await zoned();
    const { id } = await boot();
    const act = (body: object, n = 91) => admin("POST", `/servers/${id}/action`, body, n);
    const put = async () => {
      await act({ shelve: null });
      pass(5_000);
    };
    await put();
    expect((await act({ unshelve: { availability_zone: "else" } })).status).toBe(400);
    const elsewhere = { unshelve: { availability_zone: "az", host: first } };
    expect((await act(elsewhere)).json.conflictingRequest.message).toBe(
      `Host "${first}" is not in the availability zone "az".`,
    );
    expect((await act({ unshelve: { availability_zone: "az" } })).status).toBe(202);
    pass(5_000);
    const back = await shown(id, 96);
    expect(hostOf(back)).toBe(third);
    expect(back["OS-EXT-AZ:availability_zone"]).toBe("az");
    expect(back["pinned_availability_zone"]).toBe("az");
    await put();
    await setServiceStatus(third ?? "", "disable");
    expect((await act({ unshelve: null })).status).toBe(202);
    pass(5_000);
    expect((await shown(id)).status).toBe("SHELVED_OFFLOADED");
    await act({ unshelve: { availability_zone: null } });
    pass(5_000);
    expect((await shown(id))["OS-EXT-AZ:availability_zone"]).toBe("nova");
  });

  test("an administrator requests a host with the zone, existing or not", async () => {
    const { boot, hostOf, ask } = await zoned();
    const as = { as: "admin" };
    expect(hostOf(await boot({ availability_zone: `nova:${second}` }, {}, as))).toBe(second);
    expect(hostOf(await boot({ availability_zone: `:${fourth}` }, {}, as))).toBe(fourth);
    expect(await boot({ availability_zone: "nova:nowhere" }, {}, as)).toMatchObject({
      status: "ERROR",
      fault: { message: noValidHostText },
    });
    expect((await boot({ availability_zone: `nova:${third}` }, {}, as)).status).toBe("ERROR");
    expect((await ask({ availability_zone: `nova:${second}` })).status).toBe(403);
    const late = { as: "admin", n: 74 };
    expect(hostOf(await boot({ host: second }, {}, late))).toBe(second);
    const nowhere = await ask({ host: "nowhere" }, {}, late);
    expect(nowhere.json.badRequest.message).toBe("Compute host nowhere could not be found.");
  });
});
