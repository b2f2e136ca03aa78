/** What this service speaks of Cinder's microversions: those of Debian's 21.3. */
export const least = "3.0";

export const most = "3.70";
