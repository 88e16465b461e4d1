import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import process from 'node:process';

/** A failure the user can act on: the commands print its message without a stack. */
export class SetUpError extends Error {
  name = 'SetUpError';
}

/**
 * Runs a program to its end and keeps its output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, onLine?: (line: string) => void, inherit?: boolean, gently?: boolean }} [options]
 *   `inherit` lets the program write to this terminal instead; `gently` leaves it only the time that others do not need
 * @returns {Promise<{ code: number, output: string }>} `code` is -1 when it was killed (time limit) or could not start
 */
export function capture(command, args, options = {}) {
  const { cwd, env = process.env, timeoutMs, onLine, inherit = false, gently = false } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    if (gently && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    let output = '';
    let rest = '';
    const take = (chunk) => {
      output += chunk;
      if (onLine === undefined) return;
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    };
    child.stdout?.setEncoding('utf8').on('data', take);
    child.stderr?.setEncoding('utf8').on('data', take);
    const limit = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const end = (code, text = '') => {
      clearTimeout(limit);
      if (rest !== '') onLine?.(rest);
      resolve({ code: code ?? -1, output: output + text });
    };
    child.once('error', (error) => end(-1, String(error)));
    child.once('close', (code) => end(code));
  });
}

/** Like {@link capture}, but a status other than 0 is a {@link SetUpError} with the end of the output. */
export async function run(command, args, options = {}) {
  const { code, output } = await capture(command, args, options);
  if (code === 0) return output;
  const tail = output.trim().split('\n').slice(-25).join('\n');
  throw new SetUpError(`${[command, ...args].join(' ')} ended with status ${code}\n${tail}`);
}

const children = new Set();

/**
 * Starts a program that lives as long as this one: it is stopped by its process id when this process ends or gets
 * SIGINT, SIGTERM or SIGHUP. Give `detached` to what must not get the terminal's Ctrl+C before the others have ended.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function startChild(command, args, options = {}) {
  if (children.size === 0) watchOwnEnd();
  const child = spawn(command, args, options);
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Asks a child to end, and kills it when it has not ended after the time limit. */
export async function stopChild(child, limitMs = 5_000) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await ended;
  clearTimeout(limit);
}

let stopping = false;

/** True once the children are being stopped, so their end is no news. */
export const isStopping = () => stopping;

/** Stops all children, the youngest first. */
export async function stopChildren() {
  stopping = true;
  for (const child of [...children].reverse()) await stopChild(child);
}

let watching = false;
function watchOwnEnd() {
  if (watching) return;
  watching = true;
  process.once('exit', () => {
    for (const child of children) child.kill('SIGKILL');
  });
  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.once(signal, () => void stopChildren().then(() => process.exit(status)));
  }
}

/**
 * The frame of every command: runs it, prints a {@link SetUpError} as plain text and anything else with its stack,
 * and leaves no child behind.
 * @param {() => Promise<number | void>} main gives the exit status
 */
export async function runCommand(main) {
  let status = 1;
  try {
    status = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`${error instanceof SetUpError ? error.message : (error?.stack ?? error)}\n`);
  }
  await stopChildren();
  process.exit(status);
}
