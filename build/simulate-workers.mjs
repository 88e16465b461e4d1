import process from 'node:process';
import { startChild, stopChild } from './processes.mjs';

/**
 * Starts processes that run schedules.
 * @param {string} program the bundled simulation
 * @param {number} size how many processes
 */
export function startCrew(program, size) {
  const workers = Array.from({ length: size }, () => startWorker(program));
  return {
    /** One question to one process. */
    ask: (job) => workers[0].ask(job),

    /**
     * Runs so many schedules of a seed, beginning with number `from`. The result does not depend on the number of processes; with
     * `stopAtFirst` every process ends its portion and nothing later is begun. `onPortion` is given what came of each portion
     * and the process that has run it, which waits until it has looked at it.
     */
    async runSchedules({
      seed,
      from = 0,
      schedules,
      portion,
      stopAtFirst,
      onPortion = () => Promise.resolve(),
    }) {
      const results = [];
      const end = from + schedules;
      let next = from;
      let found = false;
      const work = async (worker) => {
        while (next < end && !(stopAtFirst && found)) {
          const first = next;
          next += portion;
          const count = Math.min(portion, end - first);
          const result = await worker.ask({ kind: 'run', seed, from: first, count, stopAtFirst });
          found ||= result.violations.length > 0;
          results.push({ from: first, ...result });
          await onPortion(result, worker);
        }
      };
      await Promise.all(workers.map(work));
      return sumOf(results);
    },

    stop: () => Promise.all(workers.map((worker) => worker.stop())),
  };
}

function sumOf(results) {
  const sorted = results.toSorted((a, b) => a.from - b.from);
  return {
    schedules: sorted.reduce((sum, { schedules }) => sum + schedules, 0),
    acknowledged: sorted.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    fingerprint: sorted
      .reduce((sum, { fingerprint }) => sum ^ BigInt(fingerprint), 0n)
      .toString(16)
      .padStart(16, '0'),
    violations: sorted.flatMap(({ violations }) => violations),
  };
}

/** Traces are cheap to make, and what a schedule has left behind is swept together seldom. */
const options = ['--stack-trace-limit=4', '--max-semi-space-size=32'];

function startWorker(program) {
  const child = startChild(process.execPath, [...options, program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    ask: (job) =>
      new Promise((resolve, reject) => {
        const ended = (code) => reject(new Error(`the simulation ended with status ${code}`));
        child.once('exit', ended);
        child.once('message', (answer) => {
          child.off('exit', ended);
          resolve(answer);
        });
        child.send(job);
      }),
    stop: () => stopChild(child),
  };
}
