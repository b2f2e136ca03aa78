/** Epoch milliseconds. The clock is read once per request. */
export type Instant = number;
