import type { CheckAccount } from "./account.ts";
import {
  type CheckSession,
  createCheckSession,
  logIn,
  revokeSessionToken,
} from "./check-session.ts";
import { expectStatus, listAt, valueAt } from "./request.ts";

export const computeUrl = ({ getValue }: CheckSession): string => getValue("compute");

/** A non-empty list. */
export async function getNonEmptyList({ request }: CheckSession, url: string, list: string) {
  const found = listAt(expectStatus(await request("GET", url), 200), list);
  if (found.length === 0) throw new Error(`the cloud has no ${list}`);
  return found;
}

/** Finds the image with the smallest requirements. */
export async function chooseImage(session: CheckSession): Promise<void> {
  const images = await getNonEmptyList(session, `${session.getValue("image")}/v2/images`, "images");
  const [smallest] = images
    .filter(({ status }) => status === "active")
    .toSorted((one, other) => Number(one["min_disk"]) - Number(other["min_disk"]));
  session.setValue("image id", smallest?.["id"]);
  session.setValue("least disk", String(smallest?.["min_disk"]));
}

/** Finds a flavor that fits the image. */
export async function chooseFlavor(session: CheckSession): Promise<void> {
  const flavors = await getNonEmptyList(
    session,
    `${computeUrl(session)}/flavors/detail`,
    "flavors",
  );
  const least = Number(session.getValue("least disk"));
  session.setValue("flavor", flavors.find(({ disk }) => Number(disk) >= least)?.["id"]);
}

/** Creates a server and returns its id. */
export async function createTestServer(session: CheckSession, name: string): Promise<unknown> {
  const { request, getValue } = session;
  const server = { name, imageRef: getValue("image id"), flavorRef: getValue("flavor") };
  const reply = await request("POST", `${computeUrl(session)}/servers`, { body: { server } });
  return valueAt(expectStatus(reply, 202), "server.id");
}

/**
 * Deletes every server of a run by the prefix of its name, also one whose create had no response.
 * Logs in again, because the run's token may be revoked and its time limit reached.
 */
export async function deleteTestServers(
  endpoint: URL,
  account: CheckAccount,
  name: string,
): Promise<readonly string[]> {
  const session = createCheckSession(endpoint, account, AbortSignal.timeout(30_000));
  try {
    await logIn(session);
    const servers = `${computeUrl(session)}/servers`;
    const reply = expectStatus(await session.request("GET", `${servers}?name=${name}`), 200);
    const deletions = listAt(reply, "servers").map(async ({ id }) => {
      const { status } = await session.request("DELETE", `${servers}/${id}`);
      return status === 204 || status === 404 ? [] : [`server ${id}`];
    });
    const left = (await Promise.all(deletions)).flat();
    await revokeSessionToken(session);
    return left;
  } catch (cause) {
    return [`perhaps servers named ${name}…: ${cause instanceof Error ? cause.message : cause}`];
  }
}
