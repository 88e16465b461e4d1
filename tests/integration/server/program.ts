import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import path from 'node:path';

/** The server as it is shipped: the bundle, in a process of its own. */
export type Program = {
  readonly url: string;
  readonly stderr: () => string;
  /** Where metrics are read, or '' without them. */
  readonly metricsUrl: () => string;
  /** Sends a signal and gives the exit status, or the name of the signal that ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | string>;
};

const root = path.resolve(import.meta.dirname, '../../..');
export const entry = path.join(root, 'out/server/index.js');
const startMs = 60_000;

export function buildProgram(): void {
  execFileSync(process.execPath, [path.join(root, 'build/bundle.mjs'), 'server'], {
    cwd: root,
    stdio: 'pipe',
  });
}

export async function startProgram(data: string, ...more: readonly string[]): Promise<Program> {
  const child = spawn(process.execPath, [entry, '--port', '0', '--data', data, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const url = await listening(child, () => stderr);
  const ended = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown')),
  );
  return {
    url,
    stderr: () => stderr,
    metricsUrl: () => /^METRICS (http:\/\/\S+)$/m.exec(stdout)?.[1] ?? '',
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

function listening(child: ChildProcess, stderr: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`no LISTENING line\n${stderr()}`));
    }, startMs);
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const url = /^LISTENING (http:\/\/\S+)$/m.exec(stdout)?.[1];
      if (url === undefined) return;
      clearTimeout(limit);
      resolve(url);
    });
    child.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`ended with ${code}\n${stderr()}`));
    });
  });
}

/** Runs `admin …` in a process of its own; gives what it prints, or throws with its status and message. */
export function runAdminProgram(data: string, ...args: readonly string[]): string {
  return execFileSync(process.execPath, [entry, 'admin', '--data', data, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}
