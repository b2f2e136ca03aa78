import { expect, test } from "vitest";
import { projects } from "../../infra/local/accounts.ts";
import { cloud } from "../support/cloud.ts";
import { given, resting } from "../support/servers.ts";

test("S5-13: start is refused with 409 unless vm_state is stopped", async () => {
  const { table, call } = await cloud();
  const { id } = await given(table, resting("active"));

  const reply = await call("POST", `/v2/${projects.demo.id}/servers/${id}/action`, {
    body: { "os-start": null },
  });

  expect(reply.status).toBe(409);
  expect(reply.json).toEqual({
    conflictingRequest: {
      message: `Cannot 'start' instance ${id} while it is in vm_state active`,
      code: 409,
    },
  });
});
