import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import {
  resizeTo,
  revertBody,
  smallFlavorId,
  startResizable,
} from "../../support/resizable-server.ts";
import { microversionHeader } from "../../support/send-request.ts";

const flavorOf = (id: string, vcpus: number, ram: number, disk: number) => ({
  flavor: { id, name: `m1.${id}`, vcpus, ram, disk },
});

describe("a resize is refused", () => {
  const flavorNotFound = (flavor: string) => `Flavor ${flavor} could not be found.`;

  test("with 400 and Nova's message: the same flavor, an unknown one, a private one, no disk", async () => {
    const { act, call, state } = await startResizable();
    const made = await call("POST", "/v2.1/flavors", {
      as: "admin",
      body: {
        flavor: {
          ...{ id: "secret", name: "secret", ram: 1024, vcpus: 1, disk: 5 },
          "os-flavor-access:is_public": false,
        },
      },
    });
    expect(made.status).toBe(200);
    await call("POST", "/v2.1/flavors", {
      as: "admin",
      body: { flavor: { id: "none", name: "none", ram: 1024, vcpus: 1, disk: 0 } },
    });
    for (const [flavor, message] of [
      ["1", "When resizing, instances must change flavor!"],
      [1, "When resizing, instances must change flavor!"],
      ["99", flavorNotFound("99")],
      ["secret", flavorNotFound("secret")],
      [
        "none",
        "Server disk was unable to be resized because: Resize to zero disk flavor is not allowed.",
      ],
    ] as const) {
      const { status, json } = await act(resizeTo(flavor));
      expect([status, json.badRequest?.message]).toEqual([400, message]);
    }
    expect((await act(resizeTo("secret"), "admin")).status).toBe(202);
    expect((await state())[0]).toBe("RESIZE");
  });

  test("with 400 for a flavor too small for the image", async () => {
    const { act, call } = await startResizable("active", flavorOf("5", 8, 16_384, 160));
    const [image] = seedImages;
    await call("PATCH", `/image/v2/images/${image?.id}`, {
      as: "admin",
      headers: { "content-type": "application/openstack-images-v2.1-json-patch" },
      body: [{ op: "replace", path: "/min_ram", value: 1024 }],
    });
    const { status, json } = await act(resizeTo("1"));
    expect([status, json.badRequest?.message]).toEqual([
      400,
      "Flavor's memory is too small for requested image.",
    ]);
  });

  test("with 400 for a value that Nova's schema refuses", async () => {
    const { act } = await startResizable();
    for (const body of [{}, { flavorRef: "" }, { flavorRef: null }, { flavorRef: "2", other: 1 }])
      expect((await act({ resize: body })).status).toBe(400);
    expect((await act({ resize: null })).status).toBe(400);
  });

  test("for a locked server, and while the host is down", async () => {
    const { act, call, server } = await startResizable();
    await act({ lock: null });
    expect((await act(resizeTo(smallFlavorId))).json.conflictingRequest.message).toBe(
      `Instance ${server.id} is locked`,
    );
    await act({ unlock: null });
    const service = { host: "novaless-1", binary: "nova-compute", forced_down: true };
    const options = { as: "admin", headers: microversionHeader(11) };
    await call("PUT", "/v2.1/os-services/force-down", { ...options, body: service });
    expect((await act(resizeTo(smallFlavorId))).json.conflictingRequest.message).toBe(
      "Service is unavailable at this time.",
    );
  });

  test("but a revert works after its old flavor was deleted", async () => {
    const { act, call, state, pass } = await startResizable("active", flavorOf("old", 1, 512, 1));
    await act(resizeTo(smallFlavorId));
    pass(1_000);
    await act(revertBody);
    pass(1_000);
    expect((await state()).slice(0, 1)).toEqual(["ACTIVE"]);
    expect((await call("GET", "/v2.1/flavors/old")).status).toBe(404);
  });
});
