import { toIsoMicros } from "../../../core/times.ts";
import type { Reply, Spoken } from "../../../http/dialect.ts";
import type { Page } from "../../../http/responses.ts";
import { type Keypair, numberOf } from "../../model/keypair.ts";
import { nextHref } from "../links.ts";

/** nova/api/openstack/compute/views/keypairs.py. */
const keypairView = (
  { name, type, publicKey, fingerprint }: Keypair,
  { microversion }: Spoken,
) => ({
  name,
  public_key: publicKey,
  fingerprint,
  ...(microversion >= 2 && { type }),
});

export const createdKeypairView = (
  keypair: Keypair,
  privateKey: string | null,
  spoken: Spoken,
) => ({
  ...keypairView(keypair, spoken),
  user_id: keypair.user,
  ...(privateKey !== null && { private_key: privateKey }),
});

export const shownKeypairView = (keypair: Keypair, spoken: Spoken) => ({
  ...keypairView(keypair, spoken),
  user_id: keypair.user,
  created_at: toIsoMicros(keypair.created),
  deleted: false,
  deleted_at: null,
  id: numberOf(keypair),
  updated_at: null,
});

/** The items are wrapped (E-39), and pages are linked to from 2.35 on. */
export function keypairsView({ items, limit }: Page<Keypair>, spoken: Spoken): Reply {
  const last = items.at(-1);
  return {
    status: 200,
    body: {
      keypairs: items.map((one) => ({ keypair: keypairView(one, spoken) })),
      ...(last &&
        spoken.microversion >= 35 &&
        items.length === limit && {
          keypairs_links: [{ rel: "next", href: nextHref(spoken, last.name) }],
        }),
    },
  };
}
