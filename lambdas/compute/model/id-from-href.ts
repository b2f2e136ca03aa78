import { trimEnd } from "../../core/trim.ts";

/**
 * The last path segment, ignoring a final slash; an id stays itself (E-16,
 * nova/api/openstack/common.py get_id_from_href).
 */
export const idFromHref = (href: string): string => trimEnd(href, "/").split("/").at(-1) ?? "";
