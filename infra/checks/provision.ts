import type { Account } from "./account.ts";
import { answered, listed, told } from "./ask.ts";
import { giveBack, logIn, type Session, sessionAt } from "./session.ts";

export const compute = ({ known }: Session): string => known("compute");

/** A list that is not empty. */
export async function listOf({ ask }: Session, url: string, list: string) {
  const found = listed(answered(await ask("GET", url), 200), list);
  if (found.length === 0) throw new Error(`there are no ${list}`);
  return found;
}

/** Learns which image asks for least. */
export async function chosenImage(session: Session): Promise<void> {
  const images = await listOf(session, `${session.known("image")}/v2/images`, "images");
  const [smallest] = images
    .filter(({ status }) => status === "active")
    .toSorted((one, other) => Number(one["min_disk"]) - Number(other["min_disk"]));
  session.learn("image id", smallest?.["id"]);
  session.learn("least disk", String(smallest?.["min_disk"]));
}

/** Learns of a flavor that the image fits. */
export async function chosenFlavor(session: Session): Promise<void> {
  const flavors = await listOf(session, `${compute(session)}/flavors/detail`, "flavors");
  const least = Number(session.known("least disk"));
  session.learn("flavor", flavors.find(({ disk }) => Number(disk) >= least)?.["id"]);
}

/** Creates a server, and tells its id. */
export async function created(session: Session, name: string): Promise<unknown> {
  const { ask, known } = session;
  const server = { name, imageRef: known("image id"), flavorRef: known("flavor") };
  const reply = await ask("POST", `${compute(session)}/servers`, { body: { server } });
  return told(answered(reply, 202), "server.id");
}

/**
 * Deletes every server of a run, by the name they begin with, that is still there, also one whose making was not answered. With a
 * token of its own: the other may have been given back, and the time that there was may be up.
 */
export async function cleanedUp(
  endpoint: URL,
  account: Account,
  name: string,
): Promise<readonly string[]> {
  const last = sessionAt(endpoint, account, AbortSignal.timeout(30_000));
  try {
    await logIn(last);
    const servers = `${compute(last)}/servers`;
    const reply = answered(await last.ask("GET", `${servers}?name=${name}`), 200);
    const ends = listed(reply, "servers").map(async ({ id }) => {
      const { status } = await last.ask("DELETE", `${servers}/${id}`);
      return status === 204 || status === 404 ? [] : [`server ${id}`];
    });
    const left = (await Promise.all(ends)).flat();
    await giveBack(last);
    return left;
  } catch (cause) {
    return [`perhaps servers named ${name}…: ${cause instanceof Error ? cause.message : cause}`];
  }
}
