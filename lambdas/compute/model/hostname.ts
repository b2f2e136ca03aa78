/** dnsmasq takes no longer one (nova/utils.py:321). */
const longest = 63;

const plain = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * What a guest is called where nobody said it: its server's name as far as DNS allows, or its id
 * (nova/compute/api.py:2128).
 */
export function hostnameFor(name: string, id: string): string {
  if (plain.test(name)) return name;
  const hostname = [...name]
    .filter((character) => character <= "\u00ff")
    .slice(0, longest)
    .join("")
    .replace(/[ _.]/g, "-")
    .replace(/[^\p{L}\p{N}-]/gu, "")
    .toLowerCase()
    .replace(/^-+|-+$/g, "");
  return hostname || `Server-${id}`;
}
