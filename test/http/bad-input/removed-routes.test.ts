import { describe, expect, test } from "vitest";
import { projects } from "../../../infra/local/accounts.ts";
import { startCloud } from "../../support/cloud.ts";

const goneBody = {
  computeFault: {
    message: "This resource is no longer available.  No forwarding address is given.",
    code: 410,
  },
};

describe("removed Nova routes return 410", () => {
  test.each([
    ["GET", "/os-agents"],
    ["DELETE", "/os-agents/1"],
    ["GET", "/os-cells/info"],
    ["GET", "/os-cells/one/capacities"],
    ["POST", "/os-certificates"],
    ["PUT", "/os-cloudpipe/configure-project"],
    ["GET", "/os-fixed-ips/10.0.0.1"],
    ["PUT", "/os-floating-ip-dns/example.org/entries/www"],
    ["GET", "/os-floating-ips-bulk/x"],
    ["GET", "/os-fping"],
    ["POST", "/os-networks/add"],
    ["DELETE", "/os-networks/one"],
    ["DELETE", "/os-security-group-default-rules/1"],
    ["POST", "/os-tenant-networks"],
    ["GET", "/servers/one/consoles"],
    ["DELETE", "/servers/one/consoles/1"],
    ["GET", "/servers/one/os-virtual-interfaces"],
  ])("%s %s returns 410 on every mount with the requested version", async (method, path) => {
    const { call } = await startCloud();
    const headers = { "openstack-api-version": "compute 2.40" };
    const body = method === "POST" || method === "PUT" ? {} : undefined;
    for (const mount of ["/v2.1", `/v2.1/${projects.demo.id}`, `/v2/${projects.demo.id}`]) {
      const reply = await call(method, mount + path, { headers, ...(body && { body }) });
      expect([mount, reply.status, reply.json]).toEqual([mount, 410, goneBody]);
      expect(reply.headers.get("openstack-api-version")).toBe(
        mount.startsWith("/v2.1") ? "compute 2.40" : null,
      );
    }
  });

  test("401 and a wrong project are checked before 410", async () => {
    const { call } = await startCloud();
    expect((await call("GET", "/v2.1/os-cells", { as: null })).status).toBe(401);
    expect((await call("GET", `/v2.1/${projects.admin.id}/os-cells`)).status).toBe(400);
    expect((await call("DELETE", "/v2.1/os-cells")).status).toBe(404);
    expect((await call("GET", "/v2.1/os-cells/")).status).toBe(404);
    expect((await call("GET", "/v2.1/os-fping/one/two")).status).toBe(404);
  });

  test("resetNetwork of a server returns 410", async () => {
    const { call } = await startCloud();
    const reply = await call("POST", "/v2.1/servers/one/action", { body: { resetNetwork: null } });
    expect([reply.status, reply.json]).toEqual([410, goneBody]);
  });
});
