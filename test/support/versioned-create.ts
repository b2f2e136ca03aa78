import { seedImages } from "../../lambdas/image/model/image.ts";
import { startCloud } from "./cloud.ts";
import { microversionHeader } from "./send-request.ts";

export const serverFields = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1" };

export async function startWithCreate() {
  const { call, pass } = await startCloud();
  return async (server: object, created: number, shown: number, as = "demo") => {
    const networks = created < 37 ? {} : { networks: "auto" };
    const body = { server: { ...serverFields, ...networks, ...server } };
    const reply = await call("POST", "/v2.1/servers", {
      as,
      headers: microversionHeader(created),
      body,
    });
    if (reply.status !== 202)
      return [reply.status, Object.values<{ message: string }>(reply.json)[0]?.message];
    pass(60_000);
    const path = `/v2.1/servers/${reply.json.server.id}`;
    return (await call("GET", path, { as, headers: microversionHeader(shown) })).json.server;
  };
}
