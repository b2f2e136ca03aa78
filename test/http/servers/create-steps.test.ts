import { expect, test } from "vitest";
import { Fault } from "../../../lambdas/core/fault.ts";
import { openBackend } from "../../../lambdas/deployed/backend.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import type { Backend } from "../../../lambdas/ports/backend.ts";
import { startCloud } from "../../support/cloud.ts";
import { expectUnchanged } from "../../support/items.ts";

/** A call to the backend: `servers.insert`, with its arguments. */
type IsFailing = (method: string, args: readonly unknown[]) => boolean;

/** A backend whose calls that `isFailing` names find the database unavailable. */
function failingBackend(backend: Backend, isFailing: IsFailing): Backend {
  const wrap = <Part extends object>(name: string, part: Part): Part =>
    new Proxy(part, {
      get(target, method) {
        const member: unknown = Reflect.get(target, method);
        if (typeof member !== "function") return member;
        return (...args: readonly unknown[]) =>
          isFailing(`${name}.${String(method)}`, args)
            ? Promise.reject(new Fault({ kind: "unavailable" }))
            : member(...args);
      },
    });
  return {
    ...backend,
    servers: wrap("servers", backend.servers),
    records: wrap("records", backend.records),
  };
}

async function startWithServer() {
  const { table, environment } = await startCloud();
  let isFailing: IsFailing = () => false;
  const calls: string[] = [];
  const backend = failingBackend(openBackend(table), (method, args) => {
    calls.push(method);
    return isFailing(method, args);
  });
  const { call } = await startCloud({ backend: () => backend, tokens: environment.tokens });
  const imageRef = seedImages[0]?.id;
  const create = async (hints: object = {}) => {
    const blank = { source_type: "blank", destination_type: "volume", volume_size: 1 };
    const root = { source_type: "image", uuid: imageRef, boot_index: 0 };
    const disk = { ...root, destination_type: "local" };
    const server = {
      ...{ name: "web", imageRef, flavorRef: "1", min_count: 2 },
      block_device_mapping_v2: [disk, { ...blank, boot_index: -1 }],
    };
    return call("POST", "/v2.1/servers", { body: { server, "os:scheduler_hints": hints } });
  };
  const first = await create();
  expect(first.status).toBe(202);
  return {
    calls,
    create: () => create({ different_host: [first.json.server.id] }),
    failOn(next: IsFailing) {
      isFailing = next;
    },
    table,
  };
}

const storesIn =
  (collection: string): IsFailing =>
  (method, [to]) =>
    ["records.add", "records.put"].includes(method) &&
    (to as { name: string }).name.startsWith(collection);

/** The second call fails, so what the first one stored must be undone. */
const second = (isFailing: IsFailing): IsFailing => {
  let count = 0;
  return (method, args) => isFailing(method, args) && ++count === 2;
};

const steps: Readonly<Record<string, IsFailing>> = {
  "reserve quota": (method) => method === "servers.reserveServers",
  "select destinations": (method) => method === "servers.getProjectId",
  "allocate ports": second(storesIn("ADDRESSES#")),
  "attach block devices": second(storesIn("VOLUMES")),
  "insert servers": (method) => method === "servers.insert",
};

test.each(Object.entries(steps))(
  "a create whose step %s fails leaves the table as it was",
  async (_step, isFailing) => {
    const { create, failOn, table } = await startWithServer();
    const failed: string[] = [];
    failOn((method, args) => isFailing(method, args) && failed.push(method) > 0);
    const { status } = await expectUnchanged(table, create);
    expect([status, failed.length]).toEqual([503, 1]);
  },
);

test("a create leaves the table as it was, whichever of its calls to the backend fails", async () => {
  const { calls, create, failOn, table } = await startWithServer();
  const responses: number[] = [];
  for (let failing = 1; responses.at(-1) !== 202; failing++) {
    let count = 0;
    failOn(() => ++count === failing);
    calls.length = 0;
    const attempt = async () => {
      const { status } = await create();
      if (status !== 202) return status;
      responses.push(status);
      throw new Error("created");
    };
    await expectUnchanged(table, attempt).then(
      (status) => responses.push(status),
      (cause) => expect(cause.message).toBe("created"),
    );
  }
  expect(responses.slice(0, -1).every((status) => status === 503)).toBe(true);
  expect(responses.length).toBeGreaterThan(10);
});
