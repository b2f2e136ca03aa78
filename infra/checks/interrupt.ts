/** Milliseconds in which npm repeats a signal from the terminal. */
const repeatWindowMs = 1_000;

/** Aborts on Ctrl-C, so that created resources are deleted; a later second one exits at once. */
export function abortOnInterrupt(): AbortSignal {
  const stop = new AbortController();
  let first: number | undefined;
  process.on("SIGINT", () => {
    first ??= performance.now();
    if (performance.now() - first > repeatWindowMs) process.exit(130);
    stop.abort(new Error("Interrupted: what was made is taken away."));
  });
  return stop.signal;
}
