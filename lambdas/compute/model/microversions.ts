/** What this service speaks of Nova's microversions. */
export const minMicroversion = "2.1";

export const maxMicroversion = "2.96";
