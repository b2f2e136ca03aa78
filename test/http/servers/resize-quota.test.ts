import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { reservedBy } from "../../../lambdas/compute/model/quota.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import {
  confirmBody,
  resizeTo,
  revertBody,
  smallFlavorId,
  startResizable,
} from "../../support/resizable-server.ts";

describe("the quota of a resized server", () => {
  test("is the larger of both flavors until it is confirmed", async () => {
    const { act, used, pass } = await startResizable();
    expect(await used()).toEqual([1, 1, 512]);
    await act(resizeTo("3"));
    expect(await used()).toEqual([1, 2, 4096]);
    pass(1_000);
    await act(confirmBody);
    expect(await used()).toEqual([1, 2, 4096]);
    await act(resizeTo("1"));
    expect(await used()).toEqual([1, 2, 4096]);
    pass(1_000);
    await act(confirmBody);
    expect(await used()).toEqual([1, 1, 512]);
  });

  test("is the same when recounted during the resize", async () => {
    const { act, pass, used, servers, now } = await startResizable();
    pass(60_000);
    await act(resizeTo("3"));
    const all = {
      project: projects.demo.id,
      limit: 10,
      includeDeleted: false,
      matches: () => true,
    };
    const [server] = await servers.list(all, now());
    expect(server?.flavor?.id).toBe("1");
    expect(reservedBy(server as Server)).toEqual({ instances: 1, cores: 2, ram: 4096 });
    expect(await used()).toEqual([1, 2, 4096]);
  });

  test("is released by a revert", async () => {
    const { act, used, pass } = await startResizable();
    await act(resizeTo("3"));
    pass(1_000);
    await act(revertBody);
    expect(await used()).toEqual([1, 1, 512]);
  });

  test("E-07: is released by a delete during the resize or before confirm", async () => {
    for (const [after, status] of [
      [500, "error"],
      [1_000, "confirmed"],
    ] as const) {
      const { act, call, path, used, pass, migrations } = await startResizable();
      await act(resizeTo("3"));
      pass(after);
      expect((await call("DELETE", path)).status).toBe(204);
      expect(await used()).toEqual([0, 0, 0]);
      expect((await migrations())[0].status).toBe(status);
      pass(1_000);
      expect((await call("GET", path)).status).toBe(404);
    }
  });

  test("is checked against the growth only", async () => {
    const { act, call, used, state } = await startResizable();
    const limit = async (limits: object) =>
      call("PUT", `/v2.1/os-quota-sets/${projects.demo.id}`, {
        as: "admin",
        body: { quota_set: limits },
      });
    await limit({ cores: 3 });
    const { status, json } = await act(resizeTo("4"));
    expect([status, json.forbidden?.message]).toEqual([
      403,
      "Quota exceeded for cores: Requested 3, but already used 1 of 3 cores",
    ]);
    expect(await used()).toEqual([1, 1, 512]);
    expect((await state())[0]).toBe("ACTIVE");
    // The project uses more cores than its limit, and this resize needs no more of them.
    await limit({ cores: 0, instances: 0 });
    expect((await act(resizeTo(smallFlavorId))).status).toBe(202);
    expect(await used()).toEqual([1, 1, 2048]);
  });

  test("is reserved once for concurrent resizes", async () => {
    const { act, used, migrations } = await startResizable();
    const replies = await Promise.all(["2", "3", "4", "5"].map((flavor) => act(resizeTo(flavor))));
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
    const [one, ...more] = await migrations();
    expect(more).toEqual([]);
    const flavors: Record<number, number[]> = {
      2: [1, 1, 2048],
      3: [1, 2, 4096],
      4: [1, 4, 8192],
      5: [1, 8, 16_384],
    };
    expect(await used()).toEqual(flavors[one.new_instance_type_id]);
  });
});
