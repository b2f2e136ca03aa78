/** The range of Cinder 21.3. */
export const minMicroversion = "3.0";

export const maxMicroversion = "3.70";
