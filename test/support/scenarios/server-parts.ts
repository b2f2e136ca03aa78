import type { VmState } from "../../../lambdas/compute/model/lifecycle.ts";
import type { Server } from "../../../lambdas/compute/model/server.ts";
import type { CallOptions, TestResponse } from "../cloud.ts";

interface ServerPartsContext {
  readonly ask: (method: string, path: string, options?: CallOptions) => Promise<TestResponse>;
  readonly seedServer: (vm: VmState) => Promise<Server>;
}

export async function serverPartsScenario({ ask, seedServer }: ServerPartsContext): Promise<void> {
  const { id } = await seedServer("active");
  const unknown = "0199340e-0f3e-4612-96be-6f1861b192b5";
  const latest = { headers: { "openstack-api-version": "compute latest" } };
  for (const as of ["demo", "admin"])
    for (const server of [id, unknown]) {
      const at = `/v2.1/servers/${server}`;
      await ask("GET", `${at}/metadata`, { as });
      await ask("POST", `${at}/metadata`, { as, body: { metadata: { one: "1" } } });
      await ask("PUT", `${at}/metadata`, { as, body: { metadata: { two: "2" } } });
      await ask("PUT", `${at}/metadata/three`, { as, body: { meta: { three: "3" } } });
      await ask("PUT", `${at}/metadata/four`, { as, body: { meta: { three: "3" } } });
      await ask("GET", `${at}/metadata/three`, { as });
      await ask("DELETE", `${at}/metadata/three`, { as });
      await ask("DELETE", `${at}/metadata/three`, { as });
      await ask("PUT", `${at}/tags/red`, { as, ...latest });
      await ask("GET", `${at}/tags`, { as, ...latest });
      await ask("GET", `${at}/tags/red`, { as, ...latest });
      await ask("DELETE", `${at}/tags/red`, { as, ...latest });
      await ask("PUT", `${at}/tags`, { as, ...latest, body: { tags: ["red"] } });
      await ask("DELETE", `${at}/tags`, { as, ...latest });
      await ask("GET", `${at}/os-instance-actions`, { as });
      await ask("GET", `${at}/os-instance-actions/req-1`, { as });
      for (const [protocol, type] of [
        ["vnc", "novnc"],
        ["mks", "webmks"],
      ])
        await ask("POST", `${at}/remote-consoles`, {
          as,
          ...latest,
          body: { remote_console: { protocol, type } },
        });
      for (const body of [
        { "os-getConsoleOutput": {} },
        { "os-getSerialConsole": { type: "serial" } },
        { "os-getSPICEConsole": { type: "spice-html5" } },
        { "os-getRDPConsole": { type: "rdp-html5" } },
      ])
        await ask("POST", `${at}/action`, { as, body });
      for (const part of ["os-server-password", "diagnostics", "topology", "migrations"])
        await ask("GET", `${at}/${part}`, { as, ...latest });
      await ask("DELETE", `${at}/os-server-password`, { as });
    }
  const console = await ask("POST", `/v2.1/servers/${id}/remote-consoles`, {
    ...latest,
    body: { remote_console: { protocol: "vnc", type: "xvpvnc" } },
  });
  const token = new URL(console.json.remote_console.url).searchParams.get("token");
  await ask("GET", `/v2.1/os-console-auth-tokens/${token}`, { as: "admin", ...latest });
  for (const screen of ["screen.txt", "screen.png"])
    await ask("GET", `/console/${screen}?token=${token}`, { as: null });
}
