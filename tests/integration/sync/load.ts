import type { Machine } from './machine';
import { chanceOf, workAtRandom } from './office-work';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Work under way: people at every machine, and replication after replication. */
export type Load = {
  /** Lets what is under way end; throws where a machine broke. */
  readonly stop: () => Promise<void>;
};

/** Begins to work at all machines; `place` is where their chance comes from, a piece of work takes `workMs` on average. */
export function beginLoad(machines: readonly Machine[], place: number, workMs: number): Load {
  let goesOn = true;
  const working = Promise.all(
    machines.flatMap((machine, index) => {
      const chance = chanceOf(place + index);
      const work = async () => {
        while (goesOn) {
          await workAtRandom(machine, chance);
          await pause(chance() % (2 * workMs));
        }
      };
      const replicate = async () => {
        while (goesOn) {
          await machine.sync();
          await pause(chance() % 300);
        }
      };
      return [work(), replicate()];
    }),
  );
  // Heard when it is stopped.
  working.catch(() => undefined);
  return {
    stop: async () => {
      goesOn = false;
      await working;
    },
  };
}

/** How many pieces of work were called safe at all machines together. */
export function workDone(machines: readonly Machine[]): number {
  return machines.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
}

/** What the machines ran into, by code. */
export function failuresOf(machines: readonly Machine[]): Readonly<Record<string, number>> {
  const failures: Record<string, number> = {};
  for (const machine of machines)
    for (const [code, times] of machine.failures) failures[code] = (failures[code] ?? 0) + times;
  return failures;
}
