/** What this service speaks of Nova's microversions. */
export const minMicroversion = "2.1";

export const most = "2.96";
