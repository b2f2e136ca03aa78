import { seedImages } from "../../../lambdas/image/model/image.ts";
import type { SendRequest } from "../send-request.ts";

export async function schedulingScenario(
  ask: SendRequest,
  pass: (milliseconds: number) => void,
): Promise<void> {
  const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" };
  const { json } = await ask("POST", "/v2.1/servers", { body: { server } });
  const group = await ask("POST", "/v2.1/os-server-groups", {
    body: { server_group: { name: "apart", policies: ["anti-affinity"] } },
  });
  const { id } = group.json.server_group;
  const hinted = (hints: object) =>
    ask("POST", "/v2.1/servers", { body: { server, "os:scheduler_hints": hints } });
  const serverIds = [
    (await hinted({ group: id })).json.server.id,
    (await hinted({ different_host: json.server.id })).json.server.id,
    json.server.id,
  ];
  pass(60_000);
  await ask("GET", "/v2.1/os-availability-zone");
  const admin = { as: "admin" };
  const version = (n: number) => ({ "x-openstack-nova-api-version": `2.${n}` });
  const events = serverIds.map((one) => ({ name: "network-changed", server_uuid: one }));
  await ask("POST", "/v2.1/os-server-external-events", { ...admin, body: { events } });
  const host = "/v2.1/os-hosts/novaless-4";
  for (const status of ["disable", "enable"])
    await ask("PUT", host, { ...admin, body: { status } });
  for (const action of ["startup", "shutdown", "reboot"])
    await ask("GET", `${host}/${action}`, admin);
  const audits = "/v2.1/os-instance_usage_audit_log";
  for (const path of ["", "/2026-01-01%2000:00:00"]) await ask("GET", audits + path, admin);
  const rack = await ask("POST", "/v2.1/os-aggregates", {
    ...admin,
    body: { aggregate: { name: "rack", availability_zone: "az" } },
  });
  const at = `/v2.1/os-aggregates/${rack.json.aggregate.id}`;
  const act = (body: object) => ask("POST", `${at}/action`, { ...admin, body });
  await act({ add_host: { host: "novaless-4" } });
  await ask("PUT", at, { ...admin, body: { aggregate: { availability_zone: "other" } } });
  const body = { cache: [{ id: seedImages[0]?.id }] };
  await ask("POST", `${at}/images`, { ...admin, headers: version(81), body });
  await act({ remove_host: { host: "novaless-4" } });
  await ask("DELETE", at, admin);
  for (const one of serverIds) await ask("DELETE", `/v2.1/servers/${one}`);
  await ask("DELETE", `/v2.1/os-server-groups/${id}`);
  pass(60_000);
}
