import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type ChildServer = { readonly url: string; readonly pid: number; readonly stop: () => Promise<void> };

const startMs = 120_000;

/** Starts a Node program that says `LISTENING url`, and waits for that line. It ends with this process at the latest. */
export async function startChildServer(args: readonly string[]): Promise<ChildServer> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-4_000);
  });
  const url = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`${args[0]} did not start\n${complaints}`)), startMs);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('LISTENING ')) return;
      clearTimeout(limit);
      resolve(line.slice('LISTENING '.length));
    });
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}\n${complaints}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      process.removeListener('exit', kill);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
