import { setTimeout } from "node:timers/promises";

/** Asks until the answer is the one, and no longer than ten seconds. */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  isIt: (answer: Answer) => boolean,
): Promise<Answer> {
  for (let asked = 0; ; asked++) {
    const answer = await ask();
    if (isIt(answer) || asked === 100) return answer;
    await setTimeout(100);
  }
}
