import { recordsIn } from "../../../lambdas/database/records.ts";
import type { Table } from "../../../lambdas/database/table.ts";
import { seedImages } from "../../../lambdas/image/model/image.ts";
import type { CallOptions, TestResponse } from "../cloud.ts";
import { seedServer, settledServer } from "../servers.ts";
import { computeScenario } from "./compute.ts";
import { consoleScenario } from "./console.ts";
import { identityScenario } from "./identity.ts";
import { imagesScenario } from "./images.ts";
import { movesScenario } from "./moves.ts";
import { deleteDefaultNetworks, networkScenario } from "./network.ts";
import { rebuildScenario } from "./rebuild.ts";
import { schedulingScenario } from "./scheduling.ts";
import { serverPartsScenario } from "./server-parts.ts";
import { serversScenario } from "./servers.ts";
import { shelvingScenario } from "./shelving.ts";
import { novaVolumesScenario, volumeAttachmentsScenario, volumesScenario } from "./volumes.ts";

const unknownServerPath = "/v2.1/servers/0199340e-0f3e-4612-96be-6f1861b192b5";
const passwordIdentity = {
  methods: ["password"],
  password: { user: { name: "demo", domain: { id: "default" }, password: "demo" } },
};
const serverBody = (count: number) => ({
  server: { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", min_count: count },
});

export interface ScenarioContext {
  readonly table: Table;
  ask(method: string, path: string, options?: CallOptions): Promise<TestResponse>;
  token(): Promise<string>;
  pass(milliseconds: number): void;
}

/** Each operation in every way that it calls DynamoDB. */
export async function runAllScenarios({ table, ask, token, pass }: ScenarioContext): Promise<void> {
  await ask("POST", "/identity/v3/auth/tokens", {
    as: null,
    body: { auth: { identity: passwordIdentity } },
  });
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
  const keyed = { server: { ...serverBody(1).server, key_name: "key" } };
  await ask("POST", "/v2.1/servers", { body: keyed });
  await ask("DELETE", "/v2.1/os-keypairs/key");
  await ask("POST", "/v2.1/servers", { body: serverBody(9) });
  pass(60_000);
  await ask("GET", "/v2.1/flavors");
  await ask("POST", "/v2.1/servers", { body: serverBody(1) }); // Recounts without effect.

  for (const path of ["/v2.1/servers", "/v2.1/servers/detail"]) {
    await ask("GET", path);
    await ask("GET", `${path}?all_tenants=1`, { as: "admin" });
  }
  const { id } = await seedServer(table, settledServer("active"));
  for (const at of [`/v2.1/servers/${id}`, unknownServerPath])
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
  await serversScenario(ask, id, unknownServerPath, pass);
  const { id: another } = await seedServer(table, settledServer("active"));
  await rebuildScenario({ ask, pass }, `/v2.1/servers/${another}`, unknownServerPath);
  for (const at of [`/v2.1/servers/${id}`, unknownServerPath]) await ask("DELETE", at);
  await serverPartsScenario({ ask, seedServer: (vm) => seedServer(table, settledServer(vm)) });
  await movesScenario({ ask, seedServer: (vm) => seedServer(table, settledServer(vm)), pass });
  for (const one of (await ask("GET", "/v2.1/servers")).json.servers)
    await ask("DELETE", `/v2.1/servers/${one.id}`);
  pass(1_000);
  await schedulingScenario(ask, pass);
  await shelvingScenario({
    ask,
    pass,
    seedServer: (vm, over) => seedServer(table, settledServer(vm, over)),
  });
  await networkScenario(ask, pass);
  await deleteDefaultNetworks(ask);
  await volumesScenario(ask, pass);
  await novaVolumesScenario(ask, pass);
  await volumeAttachmentsScenario(ask, () => seedServer(table, settledServer("active")), pass);
  await computeScenario(ask);
  await identityScenario(ask, recordsIn(table), pass);
  const pictured = await seedServer(table, settledServer("active"));
  pass(60_000);
  await imagesScenario(ask, [`/v2.1/servers/${pictured.id}`]);
  await consoleScenario(
    ask,
    `/v2.1/servers/${(await seedServer(table, settledServer("active"))).id}`,
  );
}
