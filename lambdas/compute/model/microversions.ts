/** What this service speaks of Nova's microversions. */
export const least = "2.1";

export const most = "2.96";
