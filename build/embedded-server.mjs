import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { OUT } from './paths.mjs';
import { SetUpError, startChild } from './processes.mjs';
import { step } from './progress.mjs';

const START_MS = 120_000;
const ASK_MS = 1_500;

/**
 * Starts the provincial server on loopback, or finds the one that another start has running on the same data.
 * @param {{ data: string, empty: boolean }} options `data` is the folder of the run; the server's own is inside
 * @returns {Promise<{ url: string, started: boolean }>}
 */
export async function startServer({ data, empty }) {
  const folder = path.join(data, 'server');
  mkdirSync(folder, { recursive: true });
  const note = path.join(data, 'server-address');
  const before = existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined;
  if (before !== undefined && (await answers(before))) return { url: before, started: false };
  // Workstations remember the address they enrolled at, so a later start takes the same port when it can.
  const port = before === undefined ? '0' : new URL(before).port;
  const url = await step('provincial server', async (report) => {
    if (before === undefined && !empty) report('the first start writes the sample province');
    try {
      return await launch(folder, port, empty, report);
    } catch (error) {
      if (port === '0') throw error;
      return launch(folder, '0', empty, report);
    }
  });
  writeFileSync(note, `${url}\n`);
  return { url, started: true };
}

/**
 * What the server wrote for the sample province: an unused one-time code for each unit and the PIN of its people.
 * @param {string} data folder of the run
 * @param {string} unit
 * @returns {{ code: string | undefined, pin: string | undefined }} both undefined for a province without a sample
 */
export function sampleAccess(data, unit) {
  const file = path.join(data, 'server', 'enrolment.json');
  if (!existsSync(file)) return { code: undefined, pin: undefined };
  const { units, pin } = JSON.parse(readFileSync(file, 'utf8'));
  return { code: units.find((one) => one.unit === unit)?.codes[0], pin };
}

function launch(folder, port, empty, report) {
  const entry = path.join(OUT, 'server', 'index.js');
  const args = [entry, '--port', port, '--data', folder, ...(empty ? [] : ['--sample'])];
  const child = startChild(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  return new Promise((resolve, reject) => {
    let output = '';
    const limit = setTimeout(() => fail(`not listening after ${START_MS / 1000} s`), START_MS);
    const fail = (reason) => {
      clearTimeout(limit);
      child.kill('SIGTERM');
      reject(new SetUpError(`The provincial server did not start: ${reason}\n${output.slice(-4_000)}`));
    };
    const read = (text) => {
      output += text;
      report(text.trim().split('\n').at(-1)?.slice(0, 80) ?? '');
      const url = /^LISTENING (\S+)$/m.exec(output)?.[1];
      if (url === undefined) return;
      clearTimeout(limit);
      child.stdout.off('data', read).resume();
      resolve(url);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-20_000);
    });
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with status ${code}`));
  });
}

async function answers(url) {
  try {
    await fetch(url, { signal: AbortSignal.timeout(ASK_MS) });
    return true;
  } catch {
    // Nobody listens there any more: the start that ran it has ended.
    return false;
  }
}
