import { describe, expect, test } from "vitest";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import { startCloud } from "../../support/cloud.ts";
import { octetStreamHeaders } from "../../support/scenarios/images.ts";

const glance = "/image/v2/images";
const formatMembers = { disk_format: "raw", container_format: "bare" };
const initialNames = seedImages.map(({ name }) => name).toReversed();

async function startWithImages() {
  const { call, pass } = await startCloud();
  const make = async (body: object, bytes?: string) => {
    pass(60_000);
    const { id } = (await call("POST", glance, { body: { ...formatMembers, ...body } })).json;
    if (bytes)
      await call("PUT", `${glance}/${id}/file`, { headers: octetStreamHeaders, body: bytes });
    return id as string;
  };
  const ids = [
    await make({ name: "a", tags: ["x", "y"], os: "linux" }, "12345"),
    await make({ name: "b,c", tags: ["x"], visibility: "private", protected: true }, "123"),
    await make({ name: "c", os_hidden: true, disk_format: "iso" }),
  ];
  const list = async (query: string, as = "demo") =>
    (await call("GET", `${glance}?${query}`, { as })).json;
  return {
    call,
    ids,
    list,
    names: async (query: string, as?: string) =>
      (await list(query, as)).images.map(({ name }: { name: string }) => name) as string[],
  };
}

test.each([
  ["", ["b,c", "a", ...initialNames]],
  ["name=a", ["a"]],
  ["name=in:a,c", ["a"]],
  ['name=in:a,"b,c"', ["b,c", "a"]],
  ["os_hidden=true", ["c"]],
  ["protected=true", ["b,c"]],
  ["status=queued&os_hidden=true", ["c"]],
  ["status=in:queued,active&os=linux", ["a"]],
  ["visibility=private", ["b,c"]],
  ["visibility=public", initialNames],
  ["tag=x", ["b,c", "a"]],
  ["tag=x&tag=y", ["a"]],
  ["owner=5d8b99310e6c49eaa5413aa659170deb", ["b,c", "a"]],
  ["os=linux", ["a"]],
  ["os=bsd", []],
  ["nosuch=", []],
  ["constructor=x", []],
  ["size_max=4", ["b,c"]],
  ["size_min=4&size_max=5", ["a"]],
  ["disk_format=iso&os_hidden=true", ["c"]],
  ["container_format=bare&disk_format=raw", ["b,c", "a"]],
  ["created_at=gte:2026-01-15T12:02:00Z", ["b,c"]],
  ["created_at=gt:2026-01-15T12:00:00Z&created_at=gt:2026-01-15T12:02:00Z", []],
  ["created_at=2026-01-15T12:01:00Z", ["a"]],
  ["updated_at=lt:2026-01-01", initialNames],
  ["sort_key=name&sort_dir=asc&tag=x", ["a", "b,c"]],
  ["sort=name:asc,size:desc&tag=x", ["a", "b,c"]],
  ["sort_key=size&sort_dir=asc&tag=x", ["b,c", "a"]],
  ["sort=size&limit=2", ["ubuntu-24.04-server-cloudimg-amd64", "debian-12-generic-amd64"]],
])("a list with %j has %j", async (query, expected) => {
  const { names } = await startWithImages();
  expect(await names(query)).toEqual(expected);
});

test("a list of ids works as filter", async () => {
  const { names, ids } = await startWithImages();
  expect(await names(`id=in:${ids[0]},${seedImages[0]?.id}`)).toEqual(["a", seedImages[0]?.name]);
});

test("users see their own images, administrators all", async () => {
  const { names } = await startWithImages();
  expect(await names("", "alt_demo")).toEqual(initialNames);
  expect(await names("", "admin")).toEqual(["b,c", "a", ...initialNames]);
});

test("a community image is listed for others only by that visibility", async () => {
  const { call, names } = await startWithImages();
  await call("POST", glance, { body: { name: "commons", visibility: "community" } });
  expect(await names("name=commons", "alt_demo")).toEqual([]);
  expect(await names("visibility=community", "alt_demo")).toEqual(["commons"]);
  expect(await names("name=commons")).toEqual(["commons"]);
});

describe("pages", () => {
  test("a full page links to the next, with the same query", async () => {
    const { list, ids } = await startWithImages();
    const first = await list("limit=1&tag=x&sort_key=name&sort_dir=asc");
    expect([first.first, first.next, first.schema]).toEqual([
      "/v2/images?limit=1&tag=x&sort_key=name&sort_dir=asc",
      `/v2/images?limit=1&tag=x&sort_key=name&sort_dir=asc&marker=${ids[0]}`,
      "/v2/schemas/images",
    ]);
    const second = await list(first.next.split("?")[1]);
    expect(second.images.map(({ name }: { name: string }) => name)).toEqual(["b,c"]);
    const last = await list(second.next.split("?")[1]);
    expect([last.images, last.next]).toEqual([[], undefined]);
  });

  test("a page after a marker that the filters leave out begins at the marker's place", async () => {
    const { call, names, ids } = await startWithImages();
    await call("POST", glance, { body: { name: "z", tags: ["x"] } });
    const query = "sort_key=name&sort_dir=asc";
    expect(await names(`tag=x&${query}`)).toEqual(["a", "b,c", "z"]);
    expect(await names(`name=z&${query}&marker=${ids[0]}`)).toEqual(["z"]);
    expect(await names(`name=a&${query}&marker=${ids[1]}`)).toEqual([]);
  });

  test("a page has 25 images, or none for limit 0", async () => {
    const { call, list } = await startWithImages();
    for (let i = 0; i < 25; i++) await call("POST", glance, { body: {} });
    expect((await list("")).images).toHaveLength(25);
    expect((await list("limit=1000")).images).toHaveLength(30);
    expect((await list("limit=0")).images).toEqual([]);
  });
});

test.each([
  ["limit=x", "limit param must be an integer"],
  ["limit=-1", "limit param must be positive"],
  ["marker=nosuch", "No image found with ID nosuch"],
  ["sort_key=os", "Invalid sort key: os. It must be one of the following: name, status,"],
  ["sort_dir=up", "Invalid sort direction: up"],
  ["sort=name&sort_key=name", "Old and new sorting syntax cannot be combined"],
  ["sort_key=name&sort_dir=asc&sort_dir=asc", "Number of sort dirs does not match"],
  ["visibility=x", "Invalid visibility value: x"],
  ["member_status=x", "Invalid status: x"],
  ["os_hidden=x", "Invalid value &#x27;x&#x27; for &#x27;os_hidden&#x27; filter."],
  ["protected=x", "Invalid value &#x27;x&#x27; for &#x27;protected&#x27; filter."],
  ["size_min=x", "Unable to filter on a range with a non-numeric value."],
  ["created_at=x", "Bad &quot;created_at&quot; query filter format."],
  ["created_at=x:2026-01-01", "Unable to filter on a unknown operator."],
  ["name=like:x", "Unable to filter by unknown operator &#x27;like&#x27;."],
  ["changes-since=2026-01-01", "filter is no longer available on v2."],
])("a list with %j is refused", async (query, text) => {
  const { call } = await startWithImages();
  const reply = await call("GET", `${glance}?${query}`);
  expect(reply.status).toBe(400);
  expect(reply.text).toContain(text);
});
