/** Runs a named step. `undo` reverts it, and tolerates that it is already reverted. */
export type Step = <Done>(
  name: string,
  run: () => Promise<Done>,
  undo?: (done: Done) => Promise<void>,
) => Promise<Done>;

/**
 * Runs a body of steps. If it throws, undoes the finished steps in reverse order and rethrows. A
 * failing undo does not stop the others.
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

/**
 * Waits for all concurrent steps, then throws the first failure: no step may run while others are
 * undone.
 */
export async function allSteps<Done>(steps: readonly Promise<Done>[]): Promise<Done[]> {
  await Promise.allSettled(steps);
  return Promise.all(steps);
}
