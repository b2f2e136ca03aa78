/** Epoch milliseconds. Read from a clock once per request, at the edge. */
export type Instant = number;
