/** Served versions of a Glance with one store (glance/api/versions.py). */
const minors = [9, 7, 6, 5, 4, 3, 2, 1, 0];

export const imageVersionsView = ({ origin }: { readonly origin: string }) => ({
  versions: minors.map((minor, i) => ({
    id: `v2.${minor}`,
    status: i === 0 ? "CURRENT" : "SUPPORTED",
    links: [{ rel: "self", href: `${origin}/image/v2/` }],
  })),
});
