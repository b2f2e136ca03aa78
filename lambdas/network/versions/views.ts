import { networkHref } from "../links.ts";

export const networkVersionsView = (context: { readonly origin: string }) => ({
  versions: [
    { id: "v2.0", status: "CURRENT", links: [{ rel: "self", href: networkHref(context, "") }] },
  ],
});
