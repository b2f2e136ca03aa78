import type { CheckAccount } from "./account.ts";
import { expectStatus, listAt, valueAt } from "./ask.ts";
import { type CheckSession, createCheckSession, logIn, revokeSessionToken } from "./session.ts";

export const computeUrl = ({ getValue }: CheckSession): string => getValue("compute");

/** A list that is not empty. */
export async function getNonEmptyList({ request }: CheckSession, url: string, list: string) {
  const found = listAt(expectStatus(await request("GET", url), 200), list);
  if (found.length === 0) throw new Error(`there are no ${list}`);
  return found;
}

/** Learns which image asks for least. */
export async function chooseImage(session: CheckSession): Promise<void> {
  const images = await getNonEmptyList(session, `${session.getValue("image")}/v2/images`, "images");
  const [smallest] = images
    .filter(({ status }) => status === "active")
    .toSorted((one, other) => Number(one["min_disk"]) - Number(other["min_disk"]));
  session.setValue("image id", smallest?.["id"]);
  session.setValue("least disk", String(smallest?.["min_disk"]));
}

/** Learns of a flavor that the image fits. */
export async function chooseFlavor(session: CheckSession): Promise<void> {
  const flavors = await getNonEmptyList(
    session,
    `${computeUrl(session)}/flavors/detail`,
    "flavors",
  );
  const least = Number(session.getValue("least disk"));
  session.setValue("flavor", flavors.find(({ disk }) => Number(disk) >= least)?.["id"]);
}

/** Creates a server, and tells its id. */
export async function createTestServer(session: CheckSession, name: string): Promise<unknown> {
  const { request, getValue } = session;
  const server = { name, imageRef: getValue("image id"), flavorRef: getValue("flavor") };
  const reply = await request("POST", `${computeUrl(session)}/servers`, { body: { server } });
  return valueAt(expectStatus(reply, 202), "server.id");
}

/**
 * Deletes every server of a run, by the name they begin with, that is still there, also one whose making was not answered. With a
 * token of its own: the other may have been given back, and the time that there was may be up.
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
