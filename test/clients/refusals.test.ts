import { join } from "node:path";
import { expect, test } from "vitest";
import { hasCommand, python, startWithClients } from "../support/clients.ts";

const image = "cirros-0.6.2-x86_64-disk";
const create = `openstack server create --image ${image} --flavor m1.tiny`;

test.runIf(hasCommand("openstack"))(
  "openstack prints the same refusals as with a real cloud",
  async () => {
    const { user, typed, refused, unserved } = await startWithClients();

    const locked = "The request you have made requires authentication. (HTTP 401)";
    expect(await refused("openstack --os-password wrong token issue")).toContain(locked);
    expect(await refused("openstack --os-username nobody token issue")).toContain(locked);
    expect(await refused("openstack token issue", user("demo", "alt_demo"))).toContain(locked);
    expect(await refused("openstack token issue", user("demo", "nosuch"))).toContain(locked);

    expect(await refused(`${create} web`, user("reader"))).toMatch(
      /^Policy doesn't allow os_compute_api:servers:create to be performed\. \(HTTP 403\) \(Request-ID: req-/,
    );
    expect(await refused("openstack flavor create --ram 1 --vcpus 1 --disk 1 tiny")).toContain(
      "Policy doesn't allow os_compute_api:os-flavor-manage:create to be performed.",
    );
    expect(await refused("openstack project create another")).toContain(
      "You are not authorized to perform the requested action: identity:create_project.",
    );
    expect(await refused("openstack server list --all-projects")).toMatch(
      /^Policy doesn't allow os_compute_api:servers:detail:get_all_tenants to be performed\. \(HTTP 403\)/,
    );

    expect(await refused(`${create} --min 11 --max 11 many`)).toMatch(
      /^Quota exceeded for instances: Requested 11, but already used 0 of 10 instances \(HTTP 403\)/,
    );
    expect(await refused(`${create} --availability-zone mars web`)).toMatch(
      /^The requested availability zone is not available \(HTTP 400\)/,
    );
    expect(await refused(`${create} --key-name nope web`)).toMatch(
      /^Invalid key_name provided\. \(HTTP 400\)/,
    );
    expect(await refused("openstack server create --image nosuch --flavor m1.tiny web")).toContain(
      "No Image found for nosuch",
    );
    expect(await refused(`openstack server create --image ${image} --flavor nosuch web`)).toContain(
      "No flavor with a name or ID of 'nosuch' exists.",
    );
    // The client itself knows no version above 2.92.
    expect(await refused("openstack --os-compute-api-version 2.999 server list")).toContain(
      "versions supported by client: 2.1 - 2.92",
    );

    const id = await typed(`${create} -f value -c id twin`);
    await typed(`${create} --wait twin`);
    expect(await refused("openstack server show twin")).toBe(
      "More than one server exists with the name 'twin'.",
    );
    expect(await refused(`openstack server show ${id}`, user("alt_demo"))).toBe(
      `No server with a name or ID of '${id}' exists.`,
    );
    expect(await refused(`openstack server start ${id}`)).toMatch(
      /^Cannot 'start' instance [0-9a-f-]{36} while it is in vm_state active \(HTTP 409\)/,
    );
    expect(unserved()).toEqual([]);
  },
);

test.runIf(hasCommand(python, "-c", "import openstack"))(
  "openstacksdk gets a new token when its own expires",
  async () => {
    const { json, unserved } = await startWithClients();
    expect(await json(`${python} ${join(import.meta.dirname, "reauthenticate.py")}`)).toEqual({
      revoked: 204,
      same: true,
      flavors: 5,
      another: true,
    });
    expect(unserved()).toEqual([]);
  },
);
