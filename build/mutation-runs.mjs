import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './paths.mjs';
import { SetUpError } from './processes.mjs';
import { firstLine } from './test-report.mjs';

/** A process that works so long without a word runs for ever: no test costs a third of it. */
const WORK_SECONDS = 15;
/** It may also wait for ever; tests of their own end after 120 s, hooks after 180 s. */
const SILENCE_MS = 240_000;

/**
 * @typedef {object} Swept what a file of tests did
 * @property {string} name
 * @property {readonly number[]} outside the checks that said no while it was loaded and set up
 * @property {readonly { place: number, ms: number, fired: readonly number[] }[]} tests with the checks that said no
 */

/**
 * @typedef {object} Trial
 * @property {'passed' | 'failed' | 'endless'} outcome
 * @property {string} [by] the test that failed, and why
 * @property {number} [place] of that test in its file; -1 for a hook or a crash
 */

/** Runs files of tests by processes of their own (tests/mutation); each lane has its own place for temporary files. */
export class TestRuns {
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Runs each test of a file as it is and with the checks off that said no in it.
   * @param {ReadonlySet<number>} settled checks that need no more trying
   * @param {(check: number, by: string) => void} onCaught
   * @returns {Promise<Swept>}
   * @throws {SetUpError} when a test fails on the code as it is
   */
  async sweep(name, lane, settled, onCaught) {
    const tests = new Map();
    const stuck = [];
    const once = [];
    const oneByOne = [];
    for (let from = 0; ; ) {
      const skip = [...settled, ...stuck];
      const order = { kind: 'sweep', from, skip, once, oneByOne };
      let trying = null;
      const { told, end } = await this.run(order, name, lane, (each) => {
        if (each.kind === 'ran') tests.set(each.place, each);
        if (each.kind === 'trying') trying = each;
        if (each.kind === 'caught') onCaught(each.check, lineOf(name, each));
      });
      if (told?.kind === 'end') return { name, outside: told.outside, tests: [...tests.values()] };
      const place = told?.place ?? trying?.place ?? -1;
      // A process that never switched anything off has no excuse.
      if (trying === null || place < 0)
        throw new SetUpError(
          `fails on the code as it is: ${told ? lineOf(name, told) : `${name} ended with ${end}`}`,
        );
      if (told === null && trying.checks.length > 1) oneByOne.push(place);
      else if (told === null) stuck.push(...trying.checks);
      else once.push(...[place, trying.place].filter((each) => !once.includes(each)));
      from = place;
    }
  }

  /**
   * Runs some tests of a file with one check off.
   * @param {number | null} off number of the check; null for none
   * @param {readonly number[] | null} only places of the tests; null for all
   * @returns {Promise<Trial>}
   */
  async try(name, off, only, lane) {
    const { told, end } = await this.run({ kind: 'trial', off, only }, name, lane, () => undefined);
    if (told?.kind === 'end') return { outcome: 'passed' };
    if (told === null && end !== 'SIGKILL')
      return { outcome: 'failed', by: `${name} > ended with ${end}`, place: -1 };
    if (told === null || isTimeLimit(told.reason)) return { outcome: 'endless' };
    return { outcome: 'failed', by: lineOf(name, told), place: told.place };
  }

  /** Gives the last word of the process, null when it ended without one, and how it ended. */
  run(order, name, lane, onTold) {
    const temporary = path.join(this.folder, `temporary-${lane}`);
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary, { recursive: true });
    const file = path.join(this.folder, 'tests', `${name}.js`);
    return new Promise((resolve) => {
      const child = fork(path.join(this.folder, 'run.js'), [JSON.stringify({ ...order, file })], {
        cwd: ROOT,
        env: { ...process.env, TMPDIR: temporary },
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      let told = null;
      let since = { at: Date.now(), work: 0 };
      const watch = setInterval(() => {
        const isEndless = workOf(child.pid) - since.work > WORK_SECONDS || Date.now() - since.at > SILENCE_MS;
        if (isEndless) child.kill('SIGKILL');
      }, 1000);
      child.on('message', (each) => {
        since = { at: Date.now(), work: workOf(child.pid) };
        if (each.kind === 'end' || each.kind === 'failed') told ??= each;
        else onTold(each);
      });
      child.once('close', (code, signal) => {
        clearInterval(watch);
        resolve({ told, end: signal ?? `status ${code}` });
      });
    });
  }
}

/** Seconds of processor time that a process has used (proc(5): fields 14 and 15, in hundredths); 0 when it has ended. */
function workOf(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return 0;
  const [, , , , , , , , , , , user, system] = readFileSync(file, 'utf8').split(') ').at(-1).split(' ');
  return (Number(user) + Number(system)) / 100;
}

const isTimeLimit = (reason) => /^(Test|Hook) timed out in/.test(reason);
const lineOf = (name, { test, reason }) => `${name} > ${test}: ${firstLine(reason)}`;
