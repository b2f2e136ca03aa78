/** What this service speaks of Cinder's microversions: those of Debian's 21.3. */
export const minMicroversion = "3.0";

export const maxMicroversion = "3.70";
