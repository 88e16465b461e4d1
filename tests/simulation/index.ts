import process from 'node:process';
import { runTape, weights } from './schedule';
import { shorten } from './shorten';
import { chanceFrom, drawTape, readTape, writeTape } from './tape';

/** What the command that started this process asks of it. */
type Job =
  | {
      readonly kind: 'run';
      readonly seed: number;
      readonly from: number;
      readonly count: number;
      readonly stopAtFirst: boolean;
    }
  | { readonly kind: 'shorten'; readonly tape: string }
  | { readonly kind: 'replay'; readonly tape: string };

async function runMany({ seed, from, count, stopAtFirst }: Job & { kind: 'run' }): Promise<unknown> {
  const violations: { index: number; tape: string; problems: readonly string[] }[] = [];
  let acknowledged = 0;
  let fingerprint = 0n;
  let schedules = 0;
  for (let index = from; index < from + count; index += 1) {
    const tape = drawTape(seed, index, weights);
    const outcome = await runTape(tape);
    schedules += 1;
    acknowledged += outcome.acknowledged;
    fingerprint ^= printOf(index, outcome.story);
    if (outcome.problems.length === 0) continue;
    violations.push({ index, tape: writeTape(tape), problems: outcome.problems });
    if (stopAtFirst) break;
  }
  return { schedules, acknowledged, fingerprint: String(fingerprint), violations };
}

/** A number that changes with every word of a story (FNV-1a, spread by the index of its schedule). */
function printOf(index: number, story: readonly string[]): bigint {
  let print = 0x811c9dc5;
  for (const letter of story.join('\n')) {
    print = Math.imul(print ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  const chance = chanceFrom(print ^ Math.imul(index, 0x9e3779b1));
  return (BigInt(chance()) << 32n) | BigInt(chance());
}

/** Shortens a tape to one that breaks the same rule. */
async function shortest(text: string): Promise<unknown> {
  const tape = readTape(text);
  const rule = ruleOf((await runTape(tape)).problems);
  const short = await shorten(tape, async (other) => ruleOf((await runTape(other)).problems) === rule);
  return { tape: writeTape(short), ...(await runTape(short)) };
}

/** The rule that was broken first: what stands before the colon. */
function ruleOf([first]: readonly string[]): string | undefined {
  return first?.split(/[:(]/)[0];
}

function answer(job: Job): Promise<unknown> {
  switch (job.kind) {
    case 'run':
      return runMany(job);
    case 'shorten':
      return shortest(job.tape);
    case 'replay':
      return runTape(readTape(job.tape));
  }
}

process.on('message', (job: Job) => {
  void answer(job).then((result) => process.send?.(result));
});
