import { Fault } from "../domain/fault.ts";
import { lambda } from "../http/lambda.ts";
import { operation } from "../http/operation.ts";

/** Keystone v2.0: the projects a token without one can be exchanged for. */
export const listTenants = operation({
  id: "identity/list-tenants",
  service: "identity",
  route: "GET /v2.0/tenants",
  access: "authenticated",
  calls: ["Query"],
  answer: "document",
  async run({ caller }, world) {
    const user = await world.backend().users.withId(caller.user.id);
    if (!user) throw new Fault({ kind: "unauthenticated" });
    const tenants = new Map(user.assignments.map(({ project }) => [project.id, project]));
    return {
      tenants: [...tenants.values()].map(({ id, name }) => ({ id, name, enabled: true })),
      tenants_links: [],
    };
  },
});

export const handler = lambda(listTenants);
