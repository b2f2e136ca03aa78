import type { VmState } from "../../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import type { CallOptions, TestResponse } from "../cloud.ts";

interface ShelvingContext {
  readonly ask: (method: string, path: string, options?: CallOptions) => Promise<TestResponse>;
  readonly pass: (milliseconds: number) => void;
  readonly seedServer: (vm: VmState, over?: Partial<Server>) => Promise<Server>;
}

const unknownServerId = "0199340e-0f3e-4612-96be-6f1861b192b5";

export async function shelvingScenario({ ask, pass, seedServer }: ShelvingContext): Promise<void> {
  const act = (id: string, body: object, as = "demo", version = "2.1") =>
    ask("POST", `/v2.1/servers/${id}/action`, {
      as,
      body,
      headers: { "openstack-api-version": `compute ${version}` },
    });
  const { id } = await seedServer("active");
  for (const one of [id, unknownServerId]) {
    await act(one, { trigger_crash_dump: null }, "admin", "2.17");
    await act(one, { injectNetworkInfo: null }, "admin");
    await act(one, { shelve: null });
    pass(10_000);
    await act(one, { unshelve: null });
    pass(10_000);
    await act(one, { shelveOffload: null }, "admin");
    await act(one, { "os-resetState": { state: "error" } }, "admin");
    await act(one, { restore: null });
  }
  const { networks } = (await ask("GET", "/network/v2.0/networks?name=private")).json;
  const port = { port: { network_id: networks[0].id } };
  const { json } = await ask("POST", "/network/v2.0/ports", { body: port });
  const server = {
    ...{ name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" },
    networks: [{ port: json.port.id }],
  };
  const serverWithPort = (await ask("POST", "/v2.1/servers", { body: { server } })).json.server;
  pass(10_000);
  for (const action of ["shelve", "unshelve", "forceDelete"]) {
    await act(serverWithPort.id, { [action]: null });
    pass(10_000);
  }
  await ask("DELETE", `/network/v2.0/ports/${json.port.id}`);

  const freed = await seedServer("soft-delete", { freed: true });
  await act(freed.id, { restore: null });
  await act(freed.id, { forceDelete: null });
  pass(10_000);
  const waiting = await seedServer("shelved");
  await act(waiting.id, { shelveOffload: null }, "admin");
  const put = await seedServer("active");
  await act(put.id, { shelve: null });
  pass(10_000);
  await act(put.id, { forceDelete: null });
  await act(unknownServerId, { forceDelete: null });

  // More than the server's item can hold.
  for (const sideAction of ["lock", "unlock", "lock", "unlock", "lock", "unlock"])
    await act(id, { [sideAction]: null });
  const at = `/v2.1/servers/${id}`;
  const done = (await ask("GET", `${at}/os-instance-actions`)).json.instanceActions;
  for (const request of [done[0].request_id, "req-1"])
    await ask("GET", `${at}/os-instance-actions/${request}`);
  await ask("DELETE", at);
}
