/** Runs a named step; `undo` takes back what it did and tolerates that it is already taken back. */
export type Step = <Done>(
  name: string,
  run: () => Promise<Done>,
  undo?: (done: Done) => Promise<void>,
) => Promise<Done>;

/**
 * Runs a body of steps. If it throws, undoes the finished steps in reverse order and rethrows.
 * An undo that throws does not keep the others from running; the first error stays the reported one.
 */
export async function saga<Result>(body: (step: Step) => Promise<Result>): Promise<Result> {
  const undos: (() => Promise<void>)[] = [];
  const step: Step = async (_name, run, undo) => {
    const done = await run();
    if (undo) undos.push(() => undo(done));
    return done;
  };
  try {
    return await body(step);
  } catch (cause) {
    for (const undo of undos.reverse()) await undo().catch(() => undefined);
    throw cause;
  }
}
