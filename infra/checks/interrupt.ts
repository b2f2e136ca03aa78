/** Milliseconds in which npm passes on what the terminal has told us too. */
const repeatWindowMs = 1_000;

/** Aborts on Ctrl-C, so that what was made can be taken away; a second one, later, ends it as it is. */
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
