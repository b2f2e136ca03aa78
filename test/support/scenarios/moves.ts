import type { VmState } from "../../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import type { CallOptions, TestResponse } from "../cloud.ts";
import { microversionHeader } from "../send-request.ts";

interface MovesContext {
  ask(method: string, path: string, options?: CallOptions): Promise<TestResponse>;
  seedServer(vm: VmState): Promise<Server>;
  pass(milliseconds: number): void;
}

export async function movesScenario({ ask, seedServer, pass }: MovesContext): Promise<void> {
  const { id } = await seedServer("active");
  const path = `/v2.1/servers/${id}`;
  const act = (body: object, n = 96) =>
    ask("POST", `${path}/action`, { as: "admin", body, headers: microversionHeader(n) });
  const rest = () => pass(10_000);
  await act({ resize: { flavorRef: "3" } });
  rest();
  await act({ confirmResize: null });
  await act({ resize: { flavorRef: "1" } });
  rest();
  await act({ revertResize: null });
  rest();
  await act({ migrate: null });
  rest();
  await act({ confirmResize: null });
  const live = async () => {
    await act({ "os-migrateLive": { host: null, block_migration: "auto" } });
    pass(200);
    const options = { as: "admin", headers: microversionHeader(96) };
    const { json } = await ask("GET", `${path}/migrations`, options);
    return `${path}/migrations/${json.migrations[0]?.id}`;
  };
  const migration = await live();
  await ask("GET", migration, { as: "admin", headers: microversionHeader(96) });
  await ask("DELETE", migration, { as: "admin", headers: microversionHeader(96) });
  const forced = await live();
  const body = { force_complete: null };
  await ask("POST", `${forced}/action`, { as: "admin", headers: microversionHeader(96), body });
  await ask("GET", "/v2.1/os-migrations", { as: "admin", headers: microversionHeader(96) });

  const down = (name: string, forced_down: boolean) =>
    ask("PUT", "/v2.1/os-services/force-down", {
      as: "admin",
      headers: microversionHeader(11),
      body: { host: name, binary: "nova-compute", forced_down },
    });
  const { server } = (await ask("GET", path, { as: "admin" })).json;
  const where = server["OS-EXT-SRV-ATTR:host"];
  await down(where, true);
  await act({ evacuate: {} }, 14);
  await down(where, false);
  rest();
  await act({ resize: { flavorRef: "3" } });
  await ask("DELETE", path);
}
