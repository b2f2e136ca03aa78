import type { VmState } from "../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../lambdas/compute/model/server.ts";
import type { TestCloud } from "./cloud.ts";
import { type CallOptions, startCloud, type TestResponse } from "./cloud.ts";
import { seedServer, settledServer } from "./servers.ts";

export { microversionHeader } from "./send-request.ts";

export function refusalOf(answer: TestResponse): readonly [status: number, message: string] | null {
  if (answer.status < 300) return null;
  const [fault] = Object.values<{ message: string }>(answer.json);
  return [answer.status, fault?.message ?? ""];
}

export async function startOneServer(vm: VmState = "active", overrides: Partial<Server> = {}) {
  const cloud = await startCloud();
  const server = await seedServer(cloud.table, settledServer(vm, overrides));
  return { ...cloud, server, ...serverClient(cloud, server.id) };
}

export function serverClient({ call }: Pick<TestCloud, "call">, id: string) {
  const path = `/v2.1/servers/${id}`;
  const act = (action: string, body: unknown = null, options: CallOptions = {}) =>
    call("POST", `${path}/action`, { body: { [action]: body }, ...options });
  const show = async (options: CallOptions = {}) => (await call("GET", path, options)).json.server;
  return {
    id,
    path,
    act,
    show,
    async state() {
      const shown = await show();
      return [
        ...["vm_state", "task_state", "power_state"].map((name) => shown[`OS-EXT-STS:${name}`]),
        shown.status,
      ];
    },
  };
}
