import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import type { SecurityGroupRule } from "../../lambdas/network/model/security-group.ts";
import { securityGroupsIn } from "../../lambdas/network/repositories/security-groups.ts";
import { startCloud, type TestCloud } from "../support/cloud.ts";
import { neutronClient, neutronPath } from "../support/network.ts";
import { cinderClient } from "../support/volumes.ts";

interface Growth {
  /** The resource's path. */
  readonly path: string;
  /** Adds some of what may repeat; `round` makes names distinct. */
  grow(round: number): Promise<{ readonly status: number }>;
}

const longText = "x".repeat(255);

const entries = (count: number, round: number, name = "k") =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}${round}-${i}`, longText]));

const asAdmin =
  ({ call }: TestCloud, method: string, path: string) =>
  (body: object) =>
    call(method, path, { as: "admin", body });

/** Attributes that repeated requests can grow, until DynamoDB has no room for their item. */
const growths: Readonly<Record<string, (cloud: TestCloud) => Promise<Growth>>> = {
  "a flavor's extra specs": async (cloud) => ({
    path: "/v2.1/flavors/1",
    grow: (round) =>
      asAdmin(
        cloud,
        "POST",
        "/v2.1/flavors/1/os-extra_specs",
      )({ extra_specs: entries(300, round) }),
  }),
  "a volume type's extra specs": async (cloud) => {
    const { id } = await cinderClient(cloud).make("volume_type", { name: "t" }, "admin");
    const path = `/volume/v3/types/${id}`;
    return {
      path,
      grow: (round) =>
        asAdmin(cloud, "POST", `${path}/extra_specs`)({ extra_specs: entries(300, round) }),
    };
  },
  "an aggregate's metadata": async (cloud) => {
    const created = await asAdmin(
      cloud,
      "POST",
      "/v2.1/os-aggregates",
    )({
      aggregate: { name: "a" },
    });
    const path = `/v2.1/os-aggregates/${created.json.aggregate.id}`;
    return {
      path,
      grow: (round) =>
        asAdmin(
          cloud,
          "POST",
          `${path}/action`,
        )({
          set_metadata: { metadata: entries(300, round) },
        }),
    };
  },
  "a security group's rules": async (cloud) => {
    const { call, environment } = cloud;
    const quota = { security_group_rule: -1 };
    await asAdmin(cloud, "PUT", `${neutronPath}/quotas/${projects.demo.id}`)({ quota });
    const group = await neutronClient(call).make("security-groups", "security_group", {
      name: "g",
    });
    const rule = (port: number) => ({
      ...{ security_group_id: group.id, direction: "ingress", protocol: "tcp" },
      ...{ port_range_min: port, port_range_max: port, description: longText },
    });
    const add = (port: number) =>
      call("POST", `${neutronPath}/security-group-rules`, {
        body: { security_group_rule: rule(port) },
      });
    await add(1);
    // as 550 requests would
    await securityGroupsIn(environment.backend().records).change(
      { project_id: projects.demo.id, id: group.id },
      (was) => ({
        ...was,
        security_group_rules: Array.from({ length: 550 }, (_, i) => ({
          ...(was.security_group_rules.at(-1) as SecurityGroupRule),
          id: randomUUID(),
          port_range_min: i + 1,
          port_range_max: i + 1,
        })),
      }),
    );
    return {
      path: `${neutronPath}/security-groups/${group.id}`,
      async grow(round) {
        return add(1_000 + round);
      },
    };
  },
};

test.each(Object.entries(growths))(
  "%s end with a 4xx, and the resource stays readable",
  async (_, begin) => {
    const cloud = await startCloud();
    const { path, grow } = await begin(cloud);
    let status = 0;
    for (let round = 0; round < 200 && status < 400; round++) ({ status } = await grow(round));
    expect(status).toBe(413);
    expect((await cloud.call("GET", path, { as: "admin" })).status).toBe(200);
  },
  60_000,
);
