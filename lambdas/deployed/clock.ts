/** Epoch milliseconds. */
export const now = Date.now;
