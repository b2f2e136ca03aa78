/** What a client wants in its environment to use the cloud at `origin` as `demo`. */
export const exportsFor = (origin: string): Record<string, string> => ({
  OS_AUTH_URL: `${origin}/identity/v3`,
  OS_IDENTITY_API_VERSION: "3",
  OS_USERNAME: "demo",
  OS_PASSWORD: "demo",
  OS_PROJECT_NAME: "demo",
  OS_USER_DOMAIN_NAME: "Default",
  OS_PROJECT_DOMAIN_NAME: "Default",
  OS_REGION_NAME: "RegionOne",
});

export const exportLines = (origin: string): string =>
  Object.entries(exportsFor(origin))
    .map(([name, value]) => `export ${name}=${value}`)
    .join("\n");

export const localOrigin = (port: number): string => `http://127.0.0.1:${port}`;

export const portAsked = (): number => Number(process.env["PORT"] ?? 8774);
