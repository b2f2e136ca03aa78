import { describe, expect, test } from "vitest";
import {
  confirmBody,
  resizeTo,
  revertBody,
  smallFlavorId,
  startResizable,
} from "../../support/resizable-server.ts";
import { microversionHeader } from "../../support/send-request.ts";

describe("E-26: a resize", () => {
  test("keeps flavor and host until its last task, then waits for confirm", async () => {
    const { act, state, pass, migrations } = await startResizable();
    expect((await act(resizeTo(smallFlavorId))).status).toBe(202);
    const seen: unknown[] = [];
    for (const after of [0, 200, 300, 200, 300]) {
      pass(after);
      seen.push([...(await state()), (await migrations())[0].status]);
    }
    const [before, after] = ["novaless-1", "novaless-2"];
    expect(seen).toEqual([
      ["RESIZE", "active", "resize_prep", 1, "1", before, "pre-migrating"],
      ["RESIZE", "active", "resize_migrating", 1, "1", before, "migrating"],
      ["RESIZE", "active", "resize_migrated", 1, "1", before, "post-migrating"],
      ["RESIZE", "active", "resize_finish", 1, "2", after, "post-migrating"],
      ["VERIFY_RESIZE", "resized", null, 1, "2", after, "finished"],
    ]);
    const confirmed = await act(confirmBody);
    expect([confirmed.status, confirmed.text]).toEqual([204, ""]);
    expect(await state()).toEqual(["ACTIVE", "active", null, 1, "2", after]);
    expect((await migrations())[0]).toMatchObject({ status: "confirmed", dest_compute: after });
  });

  test("is reverted to the previous flavor and host", async () => {
    const { act, state, pass, migrations } = await startResizable();
    await act(resizeTo(smallFlavorId));
    pass(1_000);
    expect((await act(revertBody)).status).toBe(202);
    expect((await state()).slice(0, 3)).toEqual(["REVERT_RESIZE", "resized", "resize_reverting"]);
    expect((await migrations())[0].status).toBe("reverting");
    pass(1_000);
    expect(await state()).toEqual(["ACTIVE", "active", null, 1, "1", "novaless-1"]);
    expect((await migrations())[0].status).toBe("reverted");
  });

  for (const end of [confirmBody, revertBody])
    test(`of a stopped server leaves it stopped: ${Object.keys(end)}`, async () => {
      const { act, state, pass } = await startResizable("stopped");
      await act(resizeTo(smallFlavorId));
      pass(1_000);
      expect((await state()).slice(0, 4)).toEqual(["VERIFY_RESIZE", "resized", null, 4]);
      await act(end);
      pass(10_000);
      expect((await state()).slice(0, 4)).toEqual(["SHUTOFF", "stopped", null, 4]);
    });

  test("can be confirmed or reverted once, and no other server can", async () => {
    const { act, server, pass } = await startResizable();
    const refused = async (body: object, state: string) => {
      const [action] = Object.keys(body);
      const reply = await act(body);
      expect(reply.status).toBe(409);
      expect(reply.json.conflictingRequest.message).toBe(
        `Cannot '${action}' instance ${server.id} while it is in ${state}`,
      );
    };
    await refused(confirmBody, "vm_state active");
    await refused(revertBody, "vm_state active");
    await act(resizeTo(smallFlavorId));
    await refused(confirmBody, "vm_state active");
    await refused(resizeTo("3"), "task_state resize_prep");
    pass(1_000);
    await refused(resizeTo("3"), "vm_state resized");
    await act(revertBody);
    await refused(confirmBody, "task_state resize_reverting");
    pass(1_000);
    await refused(revertBody, "vm_state active");
  });

  test("accepts a disk configuration, MANUAL by default", async () => {
    const { act, shown, pass } = await startResizable("active", { diskConfig: "AUTO" });
    await act({ resize: { flavorRef: smallFlavorId, "OS-DCF:diskConfig": "AUTO" } });
    expect((await shown())["OS-DCF:diskConfig"]).toBe("AUTO");
    pass(1_000);
    await act(confirmBody);
    await act(resizeTo("1"));
    expect((await shown())["OS-DCF:diskConfig"]).toBe("MANUAL");
  });

  test("shows the current embedded flavor", async () => {
    const { act, call, path, pass } = await startResizable();
    const flavor = async () =>
      (await call("GET", path, { headers: microversionHeader(47) })).json.server.flavor;
    await act(resizeTo(smallFlavorId));
    expect(await flavor()).toMatchObject({ original_name: "m1.tiny", ram: 512 });
    pass(1_000);
    expect(await flavor()).toMatchObject({ original_name: "m1.small", ram: 2048 });
  });
});

describe("a failed resize", () => {
  test("without a host leaves the server unchanged and fails its action", async () => {
    const { act, call, path, state, pass, used, migrations } = await startResizable();
    const service = { binary: "nova-compute", disabled_reason: "full" };
    for (const host of ["novaless-2", "novaless-3", "novaless-4"])
      await call("PUT", "/v2.1/os-services/disable-log-reason", {
        as: "admin",
        body: { ...service, host },
      });
    expect((await act(resizeTo("3"))).status).toBe(202);
    expect((await state())[2]).toBe("resize_prep");
    pass(200);
    expect(await state()).toEqual(["ACTIVE", "active", null, 1, "1", "novaless-1"]);
    expect(await used()).toEqual([1, 1, 512]);
    expect((await migrations())[0]).toMatchObject({ status: "error", dest_compute: null });
    const [action] = (await call("GET", `${path}/os-instance-actions`)).json.instanceActions;
    expect(action).toMatchObject({ action: "resize", message: "Error" });
    await act({ "os-resetState": { state: "error" } }, "admin");
    expect((await call("GET", path)).json.server.fault.message).toBe(
      "No valid host was found. There are not enough hosts available.",
    );
  });

  test("by a failure hint ends in ERROR, with its migration too", async () => {
    const { act, state, pass, used, migrations } = await startResizable("active", {
      metadata: { "novaless:fail": "resize", "novaless:delay": "30" },
    });
    expect((await act(resizeTo("3"))).status).toBe(202);
    expect(await used()).toEqual([1, 1, 512]);
    pass(30_999);
    expect((await migrations())[0].status).toBe("post-migrating");
    pass(1);
    expect((await state()).slice(0, 1)).toEqual(["ERROR"]);
    expect((await migrations())[0]).toMatchObject({
      status: "error",
      dest_compute: "novaless-2",
    });
  });
});
