import type { Step } from './tape';

/**
 * The shortest tape that still fails: takes out ever smaller pieces, then makes the details smaller. The first step makes
 * the world and stays. `fails` is asked at most `tries` times.
 */
export async function shorten(
  tape: readonly Step[],
  fails: (tape: readonly Step[]) => Promise<boolean>,
  tries = 600,
): Promise<readonly Step[]> {
  let best = tape;
  let left = tries;
  const better = async (candidate: readonly Step[]): Promise<boolean> => {
    if (left === 0) return false;
    left -= 1;
    if (!(await fails(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let size = Math.ceil(tape.length / 2); size >= 1; ) {
    const before = best.length;
    for (let from = best.length - size; from >= 1; from -= size)
      await better([...best.slice(0, from), ...best.slice(from + size)]);
    if (size > 1) size = Math.floor(size / 2);
    else if (best.length === before || left === 0) break;
  }
  for (let place = best.length - 1; place >= 0; place -= 1) await simplify(best, place, better);
  return best;
}

/** Tries smaller details for one step, the smallest first: what is not needed is then drawn as 0. */
async function simplify(
  tape: readonly Step[],
  place: number,
  better: (candidate: readonly Step[]) => Promise<boolean>,
): Promise<void> {
  const { detail = 0 } = tape[place] ?? {};
  for (const limit of [1, 2 ** 8, 2 ** 12, 2 ** 16, 2 ** 24]) {
    if (detail < limit) return;
    const simpler = tape.map((step, index) => {
      return index === place ? { ...step, detail: detail % limit } : step;
    });
    if (await better(simpler)) return;
  }
}
