import { startTests, type Task } from '@vitest/runner';
import type { TrialOrder } from './order';
import { endWith, keepAsked, placesOf, reasonOf, runnerOf, tell } from './runner';
import type { Switches } from './switches';

/** Runs some tests of a file with one check off from the start; the first failure is all that is asked. */
export async function runTrial({ file, off, only }: TrialOrder, switches: Switches): Promise<void> {
  switches.off = new Set(off === null ? [] : [off]);
  let places: ReadonlyMap<Task, number> = new Map();
  const placeOf = (task: Task): number => places.get(task) ?? -1;
  const endAtFailure = (task: Task): void => {
    if (task.result?.state === 'fail')
      endWith({ kind: 'failed', place: placeOf(task), test: task.name, reason: reasonOf(task) });
  };
  const runner = runnerOf(file, {
    onCollected: (files) => {
      places = placesOf(files);
      for (const each of files) keepAsked(each, (test) => only === null || only.includes(placeOf(test)));
    },
    onAfterRunTask: (test) => {
      tell({ kind: 'ran', place: placeOf(test), ms: Math.round(test.result?.duration ?? 0), fired: [] });
      endAtFailure(test);
    },
    onAfterRunSuite: endAtFailure,
  });
  await startTests([file], runner);
  endWith({ kind: 'end', outside: [] });
}
