/** glance/api/versions.py, as far as it is served. */
export const imageVersions = (origin: string) => ({
  versions: ["v2.2", "v2.1", "v2.0"].map((id, i) => ({
    id,
    status: i === 0 ? "CURRENT" : "SUPPORTED",
    links: [{ rel: "self", href: `${origin}/image/v2/` }],
  })),
});
