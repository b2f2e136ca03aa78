import { seedImages } from "../../../lambdas/image/model/image.ts";
import { microversionHeader, type SendRequest } from "../send-request.ts";

export async function serversScenario(
  ask: SendRequest,
  id: string,
  unknown: string,
  pass: (milliseconds: number) => void,
): Promise<void> {
  const path = `/v2.1/servers/${id}`;
  const server = { name: "web", imageRef: seedImages[0]?.id, flavorRef: "1", networks: "auto" };
  await ask("POST", "/v2.1/servers", { headers: microversionHeader(96), body: { server } });
  for (const as of ["demo", "admin"]) {
    await ask("GET", path, { as, headers: microversionHeader(96) });
    await ask("PUT", path, {
      as,
      headers: microversionHeader(96),
      body: { server: { description: null } },
    });
    await ask("GET", "/v2.1/servers/detail?sort_key=display_name", {
      as,
      headers: microversionHeader(96),
    });
    for (const place of [path, unknown])
      for (const body of [{ lock: null }, { lock: null }, { unlock: null }])
        await ask("POST", `${place}/action`, { as, body });
  }
  for (const action of ["pause", "unpause", "suspend", "resume"]) {
    pass(2_000);
    for (const [as, place] of [
      ["demo", path],
      ["demo", path],
      ["admin", unknown],
    ] as const)
      await ask("POST", `${place}/action`, { as, body: { [action]: null } });
  }
  await ask("POST", `${path}/action`, { as: "admin", body: { lock: null } });
  await ask("POST", `${path}/action`, { body: { unlock: null } });
  await ask("POST", `${path}/action`, { as: "admin", body: { unlock: null } });
  // 410
  await ask("POST", `${path}/action`, { as: "admin", body: { resetNetwork: null } });
}
