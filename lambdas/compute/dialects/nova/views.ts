import type { HttpResponse, RequestContext, Views } from "../../../http/dialect.ts";
import type { Page, Responses } from "../../../http/responses.ts";
import { links, nextHref, selfHref } from "../links.ts";
import { flavorSummaryView, flavorView, imageSummaryView, imageView } from "./catalogue-view.ts";
import { consoleAddress, consoleUrl } from "./console-view.ts";
import { instanceActionDetailView, instanceActionView } from "./instance-action-view.ts";
import { createdKeypairView, keypairDetailView, keypairListView } from "./keypair-view.ts";
import { migrationView } from "./migration-view.ts";
import {
  rebuiltServerView,
  serverDetailView,
  serverSummaryView,
  serverView,
  updatedServerView,
} from "./server-view.ts";

/** Responses of compute operations; every compute dialect has a view of each. */
export type ComputeResponse = Extract<
  keyof Responses,
  | "accepted"
  | "deleted"
  | "noContent"
  | "namedList"
  | "linkedPage"
  | "deletedKeypair"
  | "ok"
  | "server"
  | "updatedServer"
  | "createdServers"
  | "rebuiltServer"
  | "externalEvents"
  | "servers"
  | "serverDetails"
  | "console"
  | "remoteConsole"
  | "consoleConnection"
  | "exists"
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

export const ok = (body: unknown): HttpResponse => ({ status: 200, body });

const acceptedJson: HttpResponse = { status: 202, headers: { "content-type": "application/json" } };

const emptyOk: HttpResponse = { status: 200, headers: { "content-type": "application/json" } };

export const novaViews: Views<ComputeResponse> = {
  accepted: () => acceptedJson,
  deleted: () => ({ status: 204 }),
  noContent: () => emptyOk,
  namedList: ({ name, items, next }, context) =>
    ok({ [name]: items, ...nextLinks(`${name}_links`, next, context) }),
  linkedPage: ({ body, linksName, next }, context) =>
    ok({ ...body, ...nextLinks(linksName, next, context) }),
  ok: ok,
  server: (server, context) => ok({ server: serverView(server, context) }),
  updatedServer: (server, context) => ok({ server: updatedServerView(server, context) }),
  createdServers: ({ first, adminPass, securityGroups, reservationOnly }, context) =>
    reservationOnly
      ? { status: 202, body: { reservation_id: first.reservation } }
      : {
          status: 202,
          headers: { location: selfHref(context, "servers", first.id) },
          body: {
            server: {
              "OS-DCF:diskConfig": first.diskConfig,
              adminPass,
              id: first.id,
              links: links(context, "servers", first.id),
              security_groups: securityGroups.map((name) => ({ name })),
            },
          },
        },
  // E-25
  rebuiltServer: (rebuilt, context) => ({
    status: 202,
    headers: { location: selfHref(context, "servers", rebuilt.server.id) },
    body: { server: rebuiltServerView(rebuilt, context) },
  }),
  externalEvents: (events) => ({
    status: events.every(({ code }) => code === 200) ? 200 : 207,
    body: { events },
  }),
  servers: (page, context) => pageView("servers", page, serverSummaryView, context),
  serverDetails: (page, context) => pageView("servers", page, serverDetailView, context),
  console: ({ type, token }, { consoles }) =>
    ok({ console: { url: consoleUrl(consoles, type, token), type } }),
  remoteConsole: ({ protocol, type, token }, { consoles }) =>
    ok({ remote_console: { protocol, type, url: consoleUrl(consoles, type, token) } }),
  consoleConnection: ({ server, type }, { consoles }) =>
    ok({
      console: {
        instance_uuid: server,
        ...consoleAddress(consoles, type),
        internal_access_path: null,
      },
    }),
  exists: () => ({ status: 204 }),
  tagged: ({ server, tag, isNew }, context) =>
    isNew
      ? {
          status: 201,
          headers: {
            location: `${selfHref(context, "servers", server)}/tags/${encodeURIComponent(tag)}`,
          },
        }
      : { status: 204 },
  // E-27
  evacuated: ({ adminPass }, { microversion }) => (microversion < 14 ? ok({ adminPass }) : emptyOk),
  migrations: ({ items, showsHosts, next }, context) =>
    ok({
      migrations: items.map((one) => migrationView(one, showsHosts, context)),
      ...nextLinks("migrations_links", next, context),
    }),
  instanceActions: ({ server, items, limit }, context) => {
    const last = items.at(-1);
    return ok({
      instanceActions: items.map((one) => instanceActionView(one, server, context)),
      ...(context.microversion >= 58 &&
        last &&
        items.length === limit && {
          links: [{ rel: "next", href: nextHref(context, last.request) }],
        }),
    });
  },
  instanceAction: ({ server, action }, context) =>
    ok({ instanceAction: instanceActionDetailView(action, server, context) }),
  flavor: (flavor, context) => ok({ flavor: flavorView(flavor, context) }),
  flavors: (page, context) => pageView("flavors", page, flavorSummaryView, context),
  flavorDetails: (page, context) => pageView("flavors", page, flavorView, context),
  keypair: (keypair, context) => ok({ keypair: keypairDetailView(keypair, context) }),
  keypairs: keypairListView,
  // E-27: other resources had this since 2.1
  createdKeypair: ({ keypair, privateKey }, context) => ({
    status: context.microversion < 2 ? 200 : 201,
    body: { keypair: createdKeypairView(keypair, privateKey, context) },
  }),
  deletedKeypair: (_, { microversion }) => (microversion < 2 ? acceptedJson : { status: 204 }),
  image: (image, context) => ok({ image: imageView(image, context) }),
  images: (page, context) => pageView("images", page, imageSummaryView, context),
  imageDetails: (page, context) => pageView("images", page, imageView, context),
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
  // Nova's URL, not Glance's (nova/api/openstack/compute/create_backup.py:83)
  backup: ({ image, isStored }, context) =>
    context.microversion >= 45
      ? { status: 202, body: { image_id: image } }
      : {
          status: 202,
          headers: {
            "content-type": "application/json",
            ...(isStored && { location: selfHref(context, "images", image) }),
          },
        },
};

const nextLinks = (name: string, next: string | null, context: RequestContext): object =>
  next === null ? {} : { [name]: [{ rel: "next", href: nextHref(context, next) }] };

/**
 * A page with a link to the next one where it is full (E-09). JSON.stringify writes it: pages are
 * long, and no document counts their bytes.
 */
export function pageView<Item extends { readonly id: string }>(
  collection: string,
  { items, limit }: Page<Item>,
  view: (item: Item, context: RequestContext) => unknown,
  context: RequestContext,
): HttpResponse {
  const last = items.at(-1);
  const page = {
    [collection]: items.map((item) => view(item, context)),
    ...(last &&
      items.length === limit && {
        [`${collection}_links`]: [{ rel: "next", href: nextHref(context, last.id) }],
      }),
  };
  return ok(JSON.stringify(page));
}
