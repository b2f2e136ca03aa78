import { expect, test } from "vitest";
import { hasCommand, startWithClients } from "../support/clients.ts";
import { pollUntil } from "./until.ts";

async function startWithWebServer(own: Record<string, string> = {}) {
  const clients = await startWithClients({}, own);
  const { typed, json, user } = clients;
  await typed(
    "openstack server create web --image cirros-0.6.2-x86_64-disk --flavor m1.tiny --wait",
  );
  const show = () => json("openstack server show web -f json");
  return {
    ...clients,
    show,
    admin: user("admin"),
    statusIs: async (status: string) =>
      expect((await pollUntil(show, (shown) => shown.status === status)).status).toBe(status),
    events: async () =>
      (await json("openstack server event list web -f json")).map(
        (event: { Action: string }) => event.Action,
      ),
  };
}

test.runIf(hasCommand("openstack"))(
  "openstack: a server is shelved, offloaded and unshelved, with events",
  async () => {
    const { typed, json, show, refused, admin, statusIs, events, unserved } =
      await startWithWebServer();
    await typed("openstack server shelve --offload --wait web");
    const { id, hostId, status } = await show();
    expect([status, hostId]).toEqual(["SHELVED_OFFLOADED", ""]);
    const images = async () =>
      (await json("openstack image list --private -f json")).map(
        ({ Name, Status }: Record<string, string>) => [Name, Status],
      );
    expect(await images()).toEqual([["web-shelved", "active"]]);
    expect(await refused("openstack server start web")).toContain("is not ready (HTTP 409)");

    await typed("openstack server unshelve --wait web");
    await statusIs("ACTIVE");
    expect(await images()).toEqual([]);

    await typed("openstack server shelve --wait web");
    await statusIs("SHELVED_OFFLOADED");
    const there = (option: string) =>
      `openstack --os-compute-api-version 2.91 server unshelve --wait ${option} web`;
    expect(await refused(there("--availability-zone mars"))).toContain(
      "The requested availability zone is not available (HTTP 400)",
    );
    await typed(
      "openstack --os-compute-api-version 2.77 server unshelve --wait --availability-zone nova web",
    );
    await statusIs("ACTIVE");

    await typed(`openstack server set --state error ${id}`, admin);
    await statusIs("ERROR");
    await typed(`openstack server set --state active ${id}`, admin);
    await statusIs("ACTIVE");
    await typed("openstack --os-compute-api-version 2.17 server dump create web");
    await typed("openstack server lock web");
    await typed("openstack server unlock web");
    expect(await events()).toEqual([
      ...["unlock", "lock", "trigger_crash_dump", "resetState", "resetState"],
      ...["unshelve", "shelve", "unshelve", "shelve", "create"],
    ]);
    const [{ "Request ID": request }] = await json("openstack server event list web -f json");
    expect(
      await typed(
        `openstack --os-compute-api-version 2.84 server event show ${id} ${request} -f json`,
        admin,
      ),
    ).toContain("api_unlock");
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand("openstack"))(
  "openstack: with soft deletes a server is restored, and deleted by force only",
  async () => {
    const { typed, show, refused, statusIs, unserved } = await startWithWebServer({
      SOFT_DELETE: "true",
    });
    const { id } = await show();
    await typed(`openstack server delete ${id}`);
    const shown = () => typed(`openstack server show ${id} -f value -c status`);
    expect(await pollUntil(shown, (status) => status === "SOFT_DELETED")).toBe("SOFT_DELETED");
    await typed(`openstack server restore ${id}`);
    await statusIs("ACTIVE");
    await typed(`openstack server delete ${id}`);
    await pollUntil(shown, (status) => status === "SOFT_DELETED");
    await typed(`openstack server delete --force ${id}`);
    const gone = await pollUntil(
      () => refused(`openstack server show ${id}`),
      (output) => output !== "",
    );
    expect(gone).toContain(`No server with a name or ID of '${id}' exists.`);
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand("nova"))(
  "nova shelves, resets, dumps and deletes a server by force",
  async () => {
    const { typed, show, refused, admin, statusIs, events, unserved } = await startWithWebServer();
    const { id } = await show();
    await typed("nova shelve web");
    await statusIs("SHELVED_OFFLOADED");
    expect(await refused(`nova shelve-offload ${id}`, admin)).toContain(
      "while it is in vm_state shelved_offloaded (HTTP 409)",
    );
    await typed("nova unshelve --availability-zone nova web");
    await statusIs("ACTIVE");
    await typed(`nova reset-state ${id}`, admin);
    await statusIs("ERROR");
    await typed(`nova reset-state --active ${id}`, admin);
    await statusIs("ACTIVE");
    await typed("nova trigger-crash-dump web");
    expect((await events()).slice(0, 3)).toEqual([
      "trigger_crash_dump",
      "resetState",
      "resetState",
    ]);
    expect(await refused("nova restore web")).toContain(
      "while it is in vm_state active (HTTP 409)",
    );
    await typed("nova force-delete web");
    await pollUntil(
      () => refused("openstack server show web"),
      (output) => output !== "",
    );
    expect(unserved()).toEqual([]);
  },
);
