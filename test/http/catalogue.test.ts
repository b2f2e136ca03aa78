import { describe, expect, test } from "vitest";
import { seedFlavors } from "../../lambdas/compute/model/flavor.ts";
import { seedImages } from "../../lambdas/image/model/image.ts";
import { withBasicAuth } from "../support/basic-auth.ts";
import { startCloud } from "../support/cloud.ts";

describe("flavors", () => {
  test("E-38: m1.tiny to m1.xlarge exist from the start, with every key of Nova 2.1", async () => {
    const { at, call } = await startCloud();
    const { json } = await call("GET", "/v2.1/flavors/detail");
    expect(
      json.flavors.map((flavor: { id: string; name: string }) => [flavor.id, flavor.name]),
    ).toEqual([
      ["1", "m1.tiny"],
      ["2", "m1.small"],
      ["3", "m1.medium"],
      ["4", "m1.large"],
      ["5", "m1.xlarge"],
    ]);
    expect(json.flavors[0]).toEqual({
      "OS-FLV-DISABLED:disabled": false,
      "OS-FLV-EXT-DATA:ephemeral": 0,
      disk: 1,
      id: "1",
      links: [
        { rel: "self", href: `${at}/v2.1/flavors/1` },
        { rel: "bookmark", href: `${at}/flavors/1` },
      ],
      name: "m1.tiny",
      "os-flavor-access:is_public": true,
      ram: 512,
      rxtx_factor: 1,
      swap: "",
      vcpus: 1,
    });
  });

  test("the brief list has ids, names and links, and a page links to the next one", async () => {
    const { at, call } = await startCloud();
    const { json } = await call("GET", "/v2.1/flavors?limit=2&marker=2");
    expect(json.flavors.map(({ id }: { id: string }) => id)).toEqual(["3", "4"]);
    expect(Object.keys(json.flavors[0])).toEqual(["id", "links", "name"]);
    expect(json.flavors_links).toEqual([
      { rel: "next", href: `${at}/v2.1/flavors?limit=2&marker=4` },
    ]);
    expect((await call("GET", "/v2.1/flavors?minRam=8192")).json.flavors).toHaveLength(2);
    expect((await call("GET", "/v2.1/flavors?marker=nope")).status).toBe(400);
  });

  test("a flavor is found by id, and not by name", async () => {
    const { call } = await startCloud();
    expect((await call("GET", "/v2.1/flavors/3")).json.flavor.name).toBe("m1.medium");
    const named = await call("GET", "/v2.1/flavors/m1.tiny");
    expect(named.status).toBe(404);
    expect(named.json.itemNotFound.message).toBe("Flavor m1.tiny could not be found.");
    expect((await call("GET", "/v2.1/flavors/1/os-extra_specs")).json).toEqual({ extra_specs: {} });
  });

  test("H-09: FlexCloud's flavor has a numeric id and one link with a trailing slash", async () => {
    const { at, call } = await startCloud();
    expect((await call("GET", "/flavors/1", withBasicAuth())).json).toEqual({
      flavor: {
        id: 1,
        name: "m1.tiny",
        links: [{ href: `${at}/flavors/1/`, rel: "self" }],
        ram: 512,
        disk: 1,
        vcpu: 1,
      },
    });
    expect((await call("GET", "/flavors/", withBasicAuth())).json.flavors).toHaveLength(
      seedFlavors.length,
    );
  });
});

describe("images", () => {
  test("Nova's proxy and Glance show the same images, each in its own format", async () => {
    const { call } = await startCloud();
    const nova = (await call("GET", "/v2.1/images/detail")).json.images;
    const glance = (await call("GET", "/image/v2/images")).json.images;
    const ids = seedImages.map(({ id }) => id).sort();
    expect(nova.map(({ id }: { id: string }) => id).sort()).toEqual(ids);
    expect(glance.map(({ id }: { id: string }) => id).sort()).toEqual(ids);
    const second = { id: seedImages[1]?.id };
    expect(nova.find(({ id }: { id: string }) => id === second.id)).toMatchObject({
      minDisk: 3,
      minRam: 512,
      status: "ACTIVE",
      progress: 100,
    });
    expect(glance.find(({ id }: { id: string }) => id === second.id)).toMatchObject({
      min_disk: 3,
      min_ram: 512,
      status: "active",
    });
  });

  test("an image is found by id, and by name only through the filter", async () => {
    const { call } = await startCloud();
    const name = "cirros-0.6.2-x86_64-disk";
    expect((await call("GET", `/image/v2/images/${name}`)).status).toBe(404);
    expect((await call("GET", `/image/v2/images?name=${name}`)).json.images).toHaveLength(1);
    expect((await call("GET", `/v2.1/images/${seedImages[0]?.id}`)).json.image.name).toBe(name);
    expect((await call("GET", "/v2.1/images/nope")).json.itemNotFound.message).toBe(
      "Image not found.",
    );
  });

  test("H-10: FlexCloud's image", async () => {
    const { at, call } = await startCloud();
    const id = seedImages[0]?.id;
    expect((await call("GET", `/images/${id}`, withBasicAuth())).json).toEqual({
      image: {
        id,
        name: "cirros-0.6.2-x86_64-disk",
        links: [{ href: `${at}/images/${id}/`, rel: "self" }],
        status: "ACTIVE",
        type: "BASE",
        created: "2023-05-30T00:00:00",
        updated: null,
      },
    });
  });
});

describe("version documents, as clients discover them", () => {
  test("the root lists v2 and v2.1 without authentication", async () => {
    const { at, call } = await startCloud();
    const { status, json, headers } = await call("GET", "/", { as: null });
    expect(status).toBe(200);
    expect(
      json.versions.map((one: { id: string; status: string }) => [one.id, one.status]),
    ).toEqual([
      ["v2.0", "SUPPORTED"],
      ["v2.1", "CURRENT"],
    ]);
    expect(json.versions[1]).toMatchObject({
      version: "2.96",
      min_version: "2.1",
      links: [{ rel: "self", href: `${at}/v2.1/` }],
    });
    expect(headers.get("x-compute-request-id")).toBeNull();
  });

  test.each([
    ["/v2.1", 200, "version"],
    ["/v2.1/", 200, "version"],
    ["/v2", 200, "version"],
    ["/v2/", 200, "version"],
    ["/identity", 300, "versions"],
    ["/identity/", 300, "versions"],
    ["/identity/v3", 200, "version"],
    ["/identity/v3/", 200, "version"],
    ["/identity/v2.0", 200, "version"],
    ["/image", 300, "versions"],
    ["/image/", 300, "versions"],
    ["/image/versions", 200, "versions"],
    ["/network", 200, "versions"],
    ["/network/", 200, "versions"],
    ["/v3", 300, "choices"],
    ["/foo", 300, "choices"],
  ])("%s is %i and has %s", async (path, status, key) => {
    const { call } = await startCloud();
    const reply = await call("GET", path, { as: null });
    expect([reply.status, Object.keys(reply.json)]).toEqual([status, [key]]);
  });
});
