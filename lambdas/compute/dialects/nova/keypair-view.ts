import { toIsoMicros } from "../../../core/times.ts";
import type { HttpResponse, RequestContext } from "../../../http/dialect.ts";
import type { Page } from "../../../http/responses.ts";
import { type Keypair, numericId } from "../../model/keypair.ts";
import { nextHref } from "../links.ts";

/** nova/api/openstack/compute/views/keypairs.py. */
const keypairView = (
  { name, type, publicKey, fingerprint }: Keypair,
  { microversion }: RequestContext,
) => ({
  name,
  public_key: publicKey,
  fingerprint,
  ...(microversion >= 2 && { type }),
});

export const createdKeypairView = (
  keypair: Keypair,
  privateKey: string | null,
  context: RequestContext,
) => ({
  ...keypairView(keypair, context),
  user_id: keypair.user,
  ...(privateKey !== null && { private_key: privateKey }),
});

export const keypairDetailView = (keypair: Keypair, context: RequestContext) => ({
  ...keypairView(keypair, context),
  user_id: keypair.user,
  created_at: toIsoMicros(keypair.created),
  deleted: false,
  deleted_at: null,
  id: numericId(keypair),
  updated_at: null,
});

/** Items are wrapped (E-39); pages have links from 2.35 on. */
export function keypairListView(
  { items, limit }: Page<Keypair>,
  context: RequestContext,
): HttpResponse {
  const last = items.at(-1);
  return {
    status: 200,
    body: {
      keypairs: items.map((one) => ({ keypair: keypairView(one, context) })),
      ...(last &&
        context.microversion >= 35 &&
        items.length === limit && {
          keypairs_links: [{ rel: "next", href: nextHref(context, last.name) }],
        }),
    },
  };
}
