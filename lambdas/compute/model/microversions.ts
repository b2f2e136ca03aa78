export const minMicroversion = "2.1";

export const maxMicroversion = "2.96";
