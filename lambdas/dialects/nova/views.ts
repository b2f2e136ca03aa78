import type { Answers, Page } from "../../domain/answers.ts";
import type { Reply, Spoken, Views } from "../dialect.ts";
import { links, nextHref, selfHref } from "../links.ts";
import { briefFlavorView, briefImageView, flavorView, imageView } from "./catalogue-view.ts";
import { createdKeypairView, keypairView, shownKeypairView } from "./keypair-view.ts";
import { briefServerView, reducedServerView, serverView } from "./server-view.ts";

/** What the compute operations answer with; every dialect of the compute API says them all. */
export type ComputeAnswer = Extract<
  keyof Answers,
  | "accepted"
  | "deleted"
  | "document"
  | "server"
  | "renamedServer"
  | "createdServers"
  | "servers"
  | "serverDetails"
  | "console"
  | "flavor"
  | "flavors"
  | "flavorDetails"
  | "keypair"
  | "keypairs"
  | "createdKeypair"
  | "image"
  | "images"
  | "imageDetails"
  | "snapshot"
>;

export const ok = (body: unknown): Reply => ({ status: 200, body });

export const views: Views<ComputeAnswer> = {
  accepted: () => ({ status: 202, headers: { "content-type": "application/json" } }),
  deleted: () => ({ status: 204 }),
  document: ok,
  server: (server, spoken) => ok({ server: serverView(server, spoken) }),
  renamedServer: (server, spoken) => ok({ server: reducedServerView(server, spoken) }),
  createdServers: ({ first, adminPass, securityGroups, reservationOnly }, spoken) =>
    reservationOnly
      ? { status: 202, body: { reservation_id: first.reservation } }
      : {
          status: 202,
          headers: { location: selfHref(spoken, "servers", first.id) },
          body: {
            server: {
              "OS-DCF:diskConfig": first.diskConfig,
              adminPass,
              id: first.id,
              links: links(spoken, "servers", first.id),
              security_groups: securityGroups.map((name) => ({ name })),
            },
          },
        },
  servers: (page, spoken) => pageOf("servers", page, briefServerView, spoken),
  serverDetails: (page, spoken) => pageOf("servers", page, serverView, spoken),
  console: ({ type, token }, { consoles }) =>
    ok({
      console: {
        url:
          type === "novnc"
            ? `${consoles}/console?path=%3Ftoken%3D${token}`
            : `${consoles}/console?token=${token}`,
        type,
      },
    }),
  flavor: (flavor, spoken) => ok({ flavor: flavorView(flavor, spoken) }),
  flavors: (page, spoken) => pageOf("flavors", page, briefFlavorView, spoken),
  flavorDetails: (page, spoken) => pageOf("flavors", page, flavorView, spoken),
  keypair: (keypair) => ok({ keypair: shownKeypairView(keypair) }),
  keypairs: (all) => ok({ keypairs: all.map((one) => ({ keypair: keypairView(one) })) }),
  createdKeypair: ({ keypair, privateKey }) =>
    ok({ keypair: createdKeypairView(keypair, privateKey) }),
  image: (image, spoken) => ok({ image: imageView(image, spoken) }),
  images: (page, spoken) => pageOf("images", page, briefImageView, spoken),
  imageDetails: (page, spoken) => pageOf("images", page, imageView, spoken),
  // E-37
  snapshot: ({ image }, { origin, microversion }) =>
    microversion >= 45
      ? { status: 202, body: { image_id: image } }
      : {
          status: 202,
          headers: {
            "content-type": "application/json",
            location: `${origin}/image/v2/images/${image}`,
          },
        },
};

/**
 * A page of a collection, with a link to the next one iff it is full (E-09). It is written as
 * compactly as JSON can be, by the engine's own hand: a page is long, and no document counts its bytes.
 */
export function pageOf<Item extends { readonly id: string }>(
  collection: string,
  { items, limit }: Page<Item>,
  shown: (item: Item, spoken: Spoken) => unknown,
  spoken: Spoken,
): Reply {
  const last = items.at(-1);
  const page = {
    [collection]: items.map((item) => shown(item, spoken)),
    ...(last &&
      items.length === limit && {
        [`${collection}_links`]: [{ rel: "next", href: nextHref(spoken, last.id) }],
      }),
  };
  return ok(JSON.stringify(page));
}
