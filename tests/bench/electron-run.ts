import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

export type Run = {
  readonly args: readonly string[];
  /** Told every line of stdout. */
  readonly onLine: (line: string) => void;
  readonly limitMs: number;
};

/** Chromium has no sandbox for root. Every program is measured without the GPU, which test machines lack. */
const switches = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];

/**
 * Starts Electron and waits until it has ended by itself.
 * @throws when it ends with another status than 0, or not within the time limit; the message holds its complaints
 */
export async function runElectron({ args, onLine, limitMs }: Run): Promise<void> {
  const executable = process.env['CONG_VAN_ELECTRON'];
  if (executable === undefined) throw new Error('CONG_VAN_ELECTRON names no Electron; use `npm run bench`');
  const child = spawn(executable, [...args, ...switches], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-4_000);
  });
  createInterface({ input: child.stdout }).on('line', onLine);
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`Electron ended with status ${code ?? 'killed'}\n${complaints}`);
  } finally {
    clearTimeout(limit);
    running.delete(child);
  }
}
