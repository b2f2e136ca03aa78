import type { VmState } from "../../../lambdas/domain/lifecycle.ts";
import type { Server } from "../../../lambdas/domain/server.ts";
import type { Answered, Asked } from "../cloud.ts";

interface Scene {
  readonly ask: (method: string, path: string, asked?: Asked) => Promise<Answered>;
  readonly pass: (milliseconds: number) => void;
  readonly given: (vm: VmState, over?: Partial<Server>) => Promise<Server>;
}

/** What is done to servers that are put away, and what is noted of it. */
export async function shelving({ ask, given }: Scene): Promise<void> {
  const { id } = await given("active");
  const at = `/v2.1/servers/${id}`;
  // more than its own item has room for
  for (const note of ["lock", "unlock", "lock", "unlock", "lock", "unlock"])
    await ask("POST", `${at}/action`, { body: { [note]: null } });
  for (const path of [`${at}/os-instance-actions`, `${at}/os-instance-actions/req-1`])
    await ask("GET", path);
  await ask("DELETE", at);
}
