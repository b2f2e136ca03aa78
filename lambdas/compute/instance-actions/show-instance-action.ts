import { notFound } from "../../core/fault.ts";
import { operation } from "../../http/operation.ts";
import { getHistory } from "./history.ts";

export const showInstanceAction = operation({
  id: "compute/show-instance-action",
  service: "compute",
  route: "GET /servers/{server_id}/os-instance-actions/{request_id}",
  function: "own",
  access: { rule: "os_compute_api:os-instance-actions:show", role: "reader" },
  dynamoCalls: ["GetItem", "Query"],
  answer: "instanceAction",
  async run(call, environment) {
    const { request_id: request } = call.path;
    const { server, actions } = await getHistory(call, environment.backend().servers);
    const action = actions.find((one) => one.request === request);
    if (!action) throw notFound("instance-action", request);
    return { server, action };
  },
});
