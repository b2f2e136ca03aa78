import { recordsIn } from "../../../lambdas/database/records.ts";
import type { Table } from "../../../lambdas/database/table.ts";
import { images } from "../../../lambdas/image/model/image.ts";
import type { Answered, Asked } from "../cloud.ts";
import { given, resting } from "../servers.ts";
import { administersCompute } from "./compute.ts";
import { useConsole } from "./console.ts";
import { manageIdentity } from "./identity.ts";
import { askAboutImages } from "./images.ts";
import { moveServers } from "./moves.ts";
import { networkScenario, withoutNetworks } from "./network.ts";
import { rebuildScenario } from "./rebuild.ts";
import { scheduling } from "./scheduling.ts";
import { serverParts } from "./server-parts.ts";
import { serversScenario } from "./servers.ts";
import { shelving } from "./shelving.ts";
import { proxiedVolumes, volumesOnServers, volumesScenario } from "./volumes.ts";

const unknown = "/v2.1/servers/0199340e-0f3e-4612-96be-6f1861b192b5";
const login = {
  methods: ["password"],
  password: { user: { name: "demo", domain: { id: "default" }, password: "demo" } },
};
const created = (count: number) => ({
  server: { name: "web", imageRef: images[0]?.id, flavorRef: "1", min_count: count },
});

export interface Stage {
  readonly table: Table;
  ask(method: string, path: string, asked?: Asked): Promise<Answered>;
  token(): Promise<string>;
  pass(milliseconds: number): void;
}

/** Each operation at least once, in each of the ways in which it can ask DynamoDB for something. */
export async function askEverything({ table, ask, token, pass }: Stage): Promise<void> {
  await ask("POST", "/identity/v3/auth/tokens", { as: null, body: { auth: { identity: login } } });
  await ask("POST", "/identity/v2.0/tokens", {
    as: null,
    body: { auth: { passwordCredentials: { username: "demo", password: "demo" } } },
  });
  await ask("GET", "/identity/v2.0/tenants");
  const subject = { headers: { "x-subject-token": await token() } };
  await ask("GET", "/identity/v3/auth/tokens", subject);
  await ask("DELETE", "/identity/v3/auth/tokens", subject);

  await ask("POST", "/v2.1/os-keypairs", { body: { keypair: { name: "key" } } });
  await ask("GET", "/v2.1/os-keypairs");
  await ask("GET", "/v2.1/os-keypairs/key");
  const keyed = { server: { ...created(1).server, key_name: "key" } };
  await ask("POST", "/v2.1/servers", { body: keyed });
  await ask("DELETE", "/v2.1/os-keypairs/key");
  await ask("POST", "/v2.1/servers", { body: created(9) });
  pass(60_000);
  await ask("GET", "/v2.1/flavors");
  await ask("POST", "/v2.1/servers", { body: created(1) }); // counts again, in vain

  for (const path of ["/v2.1/servers", "/v2.1/servers/detail"]) {
    await ask("GET", path);
    await ask("GET", `${path}?all_tenants=1`, { as: "admin" });
  }
  const { id } = await given(table, resting("active"));
  for (const at of [`/v2.1/servers/${id}`, unknown])
    for (const as of ["demo", "admin"]) {
      await ask("GET", at, { as });
      await ask("PUT", at, { as, body: { server: { name: "other" } } });
      for (const body of [
        { "os-stop": null },
        { "os-start": null },
        { reboot: { type: "HARD" } },
        { "os-getVNCConsole": { type: "novnc" } },
      ]) {
        pass(1_000);
        const reply = await ask("POST", `${at}/action`, { as, body });
        if (reply.status === 200)
          for (const page of ["", "/vnc_auto.html", "/vnc_lite.html", "/serial.html"])
            await ask("GET", `/console${page}${new URL(reply.json.console.url).search}`, {
              as: null,
            });
      }
    }
  await serversScenario(ask, id, unknown, pass);
  const { id: another } = await given(table, resting("active"));
  await rebuildScenario({ ask, pass }, `/v2.1/servers/${another}`, unknown);
  for (const at of [`/v2.1/servers/${id}`, unknown]) await ask("DELETE", at);
  await serverParts({ ask, given: (vm) => given(table, resting(vm)) });
  await moveServers({ ask, given: (vm) => given(table, resting(vm)), pass });
  for (const one of (await ask("GET", "/v2.1/servers")).json.servers)
    await ask("DELETE", `/v2.1/servers/${one.id}`);
  pass(1_000);
  await scheduling(ask, pass);
  await shelving({ ask, pass, given: (vm, over) => given(table, resting(vm, over)) });
  await networkScenario(ask, pass);
  await withoutNetworks(ask);
  await volumesScenario(ask, pass);
  await proxiedVolumes(ask, pass);
  await volumesOnServers(ask, () => given(table, resting("active")), pass);
  await administersCompute(ask);
  await manageIdentity(ask, recordsIn(table), pass);
  const pictured = await given(table, resting("active"));
  pass(60_000);
  await askAboutImages(ask, [`/v2.1/servers/${pictured.id}`]);
  await useConsole(ask, `/v2.1/servers/${(await given(table, resting("active"))).id}`);
}
