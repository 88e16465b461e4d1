import process from 'node:process';

const QUIET_MS = 2_000;
const TICK_MS = 2_000;

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * Runs one step of the set-up and reports it on stderr: nothing while it is quick, and from two seconds on what it
 * does, how far it is and, at the end, how long it took.
 * @template T
 * @param {string} title what the step does
 * @param {(report: (howFar: string) => void) => Promise<T> | T} run gets a function to say how far it is
 * @returns {Promise<T>} what `run` gives; a failure is passed on after the step was named
 */
export async function step(title, run) {
  const startedAt = Date.now();
  let howFar = '';
  let announced = false;
  const onTerminal = process.stderr.isTTY === true;
  const show = () => {
    const line = `… ${title}${howFar === '' ? '' : `: ${howFar}`} (${seconds(Date.now() - startedAt)})`;
    process.stderr.write(onTerminal ? `\r\x1b[2K${line}` : `${line}\n`);
    announced = true;
  };
  const first = setTimeout(show, QUIET_MS);
  const ticks = setInterval(() => announced && show(), onTerminal ? 500 : TICK_MS * 3);
  const stop = (mark) => {
    clearTimeout(first);
    clearInterval(ticks);
    if (!announced) return;
    process.stderr.write(
      `${onTerminal ? '\r\x1b[2K' : ''}${mark} ${title} (${seconds(Date.now() - startedAt)})\n`,
    );
  };
  try {
    const value = await run((text) => {
      howFar = text;
    });
    stop('✓');
    return value;
  } catch (error) {
    announced = true;
    stop('✗');
    throw error;
  }
}

/** Prints one line about the set-up on stderr, so that stdout stays for programs. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
