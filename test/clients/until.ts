import { setTimeout } from "node:timers/promises";

/** Repeats for at most ten seconds. */
export async function pollUntil<Answer>(
  ask: () => Promise<Answer>,
  isExpected: (answer: Answer) => boolean,
): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (isExpected(answer) || attempt === 100) return answer;
    await setTimeout(100);
  }
}
