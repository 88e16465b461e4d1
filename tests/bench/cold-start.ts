import path from 'node:path';
import { runElectron } from './electron-run';
import { alternate, type Row } from './rounds';

const limitMs = 40_000;

/**
 * From the start of the process to the window that can be used, once with a profile that is not there yet, then with
 * the same profile again and again.
 * @param root the checkout, whose out/ holds the built application
 * @param folder takes the profiles
 */
export async function measureColdStart(
  root: string,
  folder: string,
  rounds: number,
): Promise<readonly Row[]> {
  const sides = {
    ours: () => untilReady([root, `--data=${path.join(folder, 'start-ours')}`, '--exit-after-ready']),
    limit: () =>
      untilReady([
        path.join(root, 'tests', 'bench', 'empty-window'),
        `--data=${path.join(folder, 'start-empty')}`,
      ]),
  };
  const against = 'empty Electron window';
  const first = await alternate(1, sides, false);
  const again = await alternate(rounds, sides, false);
  return [
    { what: 'first start with a new profile', against, target: null, ...first },
    { what: 'cold start to usable window', against, target: 2.5, ...again },
  ];
}

/** Milliseconds from the start of a program until it says that its window can be used; it ends by itself. */
export async function untilReady(args: readonly string[]): Promise<number> {
  let readyAfter: number | undefined;
  const startedAt = performance.now();
  await runElectron({
    args,
    limitMs,
    onLine: (line) => {
      if (line.startsWith('READY')) readyAfter = performance.now() - startedAt;
    },
  });
  if (readyAfter === undefined) throw new Error(`${args[0] ?? ''} ended before its window could be used`);
  return readyAfter;
}
