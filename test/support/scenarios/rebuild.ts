import { seedImages } from "../../../lambdas/image/model/image.ts";
import { microversionHeader } from "../send-request.ts";
import type { ScenarioContext } from "./all-scenarios.ts";

export async function rebuildScenario(
  { ask, pass }: Pick<ScenarioContext, "ask" | "pass">,
  path: string,
  unknown: string,
): Promise<void> {
  const imageRef = seedImages[0]?.id;
  const backup = { name: "nightly", backup_type: "daily", rotation: 1 };
  for (const [as, place] of [
    ["demo", path],
    ["demo", path],
    ["admin", path],
    ["admin", unknown],
  ] as const)
    for (const [version, body] of [
      [56, { rebuild: { imageRef, metadata: { a: "1" }, personality: [] } }],
      [57, { rebuild: { imageRef } }],
      [57, { rebuild: { imageRef, user_data: "IyE=", key_name: "nosuch" } }],
      [57, { rebuild: { imageRef, user_data: "IyE=" } }],
      [1, { createBackup: { ...backup, metadata: { a: "1" } } }],
      [1, { createBackup: backup }],
      [1, { rescue: { rescue_image_ref: imageRef } }],
      [1, { unrescue: null }],
      [1, { changePassword: { adminPass: "secret" } }],
    ] as const) {
      await ask("POST", `${place}/action`, { as, headers: microversionHeader(version), body });
      pass(1_000);
    }
}
