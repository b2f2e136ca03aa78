import type { Reply, Spoken, Views } from "../../../http/dialect.ts";
import type { Answers, Page } from "../../../http/responses.ts";
import { links, nextHref, selfHref } from "../links.ts";
import { briefFlavorView, briefImageView, flavorView, imageView } from "./catalogue-view.ts";
import { consoleAt, consoleUrl } from "./console-view.ts";
import { instanceActionView, shownInstanceActionView } from "./instance-action-view.ts";
import { createdKeypairView, keypairsView, shownKeypairView } from "./keypair-view.ts";
import { migrationView } from "./migration-view.ts";
import {
  briefServerView,
  listedServerView,
  rebuiltServerView,
  serverView,
  updatedServerView,
} from "./server-view.ts";

/** What the compute operations answer with; every dialect of the compute API says them all. */
export type ComputeAnswer = Extract<
  keyof Answers,
  | "accepted"
  | "deleted"
  | "done"
  | "listing"
  | "paged"
  | "deletedKeypair"
  | "document"
  | "server"
  | "renamedServer"
  | "createdServers"
  | "rebuiltServer"
  | "externalEvents"
  | "servers"
  | "serverDetails"
  | "console"
  | "remoteConsole"
  | "consoleConnection"
  | "known"
  | "tagged"
  | "evacuated"
  | "migrations"
  | "instanceActions"
  | "instanceAction"
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
  | "backup"
>;

export const ok = (body: unknown): Reply => ({ status: 200, body });

const accepted: Reply = { status: 202, headers: { "content-type": "application/json" } };

const done: Reply = { status: 200, headers: { "content-type": "application/json" } };

export const views: Views<ComputeAnswer> = {
  accepted: () => accepted,
  deleted: () => ({ status: 204 }),
  done: () => done,
  listing: ({ of, items, next }, spoken) =>
    ok({ [of]: items, ...linked(`${of}_links`, next, spoken) }),
  paged: ({ body, links, next }, spoken) => ok({ ...body, ...linked(links, next, spoken) }),
  document: ok,
  server: (server, spoken) => ok({ server: serverView(server, spoken) }),
  renamedServer: (server, spoken) => ok({ server: updatedServerView(server, spoken) }),
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
  // E-25
  rebuiltServer: (rebuilt, spoken) => ({
    status: 202,
    headers: { location: selfHref(spoken, "servers", rebuilt.server.id) },
    body: { server: rebuiltServerView(rebuilt, spoken) },
  }),
  externalEvents: (events) => ({
    status: events.every(({ code }) => code === 200) ? 200 : 207,
    body: { events },
  }),
  servers: (page, spoken) => pageOf("servers", page, briefServerView, spoken),
  serverDetails: (page, spoken) => pageOf("servers", page, listedServerView, spoken),
  console: ({ type, token }, { consoles }) =>
    ok({ console: { url: consoleUrl(consoles, type, token), type } }),
  remoteConsole: ({ protocol, type, token }, { consoles }) =>
    ok({ remote_console: { protocol, type, url: consoleUrl(consoles, type, token) } }),
  consoleConnection: ({ server, type }, { consoles }) =>
    ok({
      console: {
        instance_uuid: server,
        ...consoleAt(consoles, type),
        internal_access_path: null,
      },
    }),
  known: () => ({ status: 204 }),
  tagged: ({ server, tag, isNew }, spoken) =>
    isNew
      ? {
          status: 201,
          headers: {
            location: `${selfHref(spoken, "servers", server)}/tags/${encodeURIComponent(tag)}`,
          },
        }
      : { status: 204 },
  // E-27
  evacuated: ({ adminPass }, { microversion }) => (microversion < 14 ? ok({ adminPass }) : done),
  migrations: ({ items, hosts, next }, spoken) =>
    ok({
      migrations: items.map((one) => migrationView(one, hosts, spoken)),
      ...linked("migrations_links", next, spoken),
    }),
  instanceActions: ({ server, items, limit }, spoken) => {
    const last = items.at(-1);
    return ok({
      instanceActions: items.map((one) => instanceActionView(one, server, spoken)),
      ...(spoken.microversion >= 58 &&
        last &&
        items.length === limit && {
          links: [{ rel: "next", href: nextHref(spoken, last.request) }],
        }),
    });
  },
  instanceAction: ({ server, action }, spoken) =>
    ok({ instanceAction: shownInstanceActionView(action, server, spoken) }),
  flavor: (flavor, spoken) => ok({ flavor: flavorView(flavor, spoken) }),
  flavors: (page, spoken) => pageOf("flavors", page, briefFlavorView, spoken),
  flavorDetails: (page, spoken) => pageOf("flavors", page, flavorView, spoken),
  keypair: (keypair, spoken) => ok({ keypair: shownKeypairView(keypair, spoken) }),
  keypairs: keypairsView,
  // E-27: what is usual elsewhere came here with 2.2
  createdKeypair: ({ keypair, privateKey }, spoken) => ({
    status: spoken.microversion < 2 ? 200 : 201,
    body: { keypair: createdKeypairView(keypair, privateKey, spoken) },
  }),
  deletedKeypair: (_, { microversion }) => (microversion < 2 ? accepted : { status: 204 }),
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
  // Nova's own address for it, not Glance's (create_backup.py:83)
  backup: ({ image, isKept }, spoken) =>
    spoken.microversion >= 45
      ? { status: 202, body: { image_id: image } }
      : {
          status: 202,
          headers: {
            "content-type": "application/json",
            ...(isKept && { location: selfHref(spoken, "images", image) }),
          },
        },
};

const linked = (name: string, next: string | null, spoken: Spoken): object =>
  next === null ? {} : { [name]: [{ rel: "next", href: nextHref(spoken, next) }] };

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
