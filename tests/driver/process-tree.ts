import { readdirSync, readFileSync } from 'node:fs';

/** Sends SIGKILL to a process and to everything it started, the parents first so that none can react. */
export function killTree(pid: number): void {
  for (const each of [pid, ...descendantsOf(pid)]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch (error) {
      // It ended by itself between the look and the signal.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Every process below `pid`, read from /proc; none where there is no /proc. */
function descendantsOf(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const { id, parent } of runningProcesses())
    children.set(parent, [...(children.get(parent) ?? []), id]);
  const below = (parent: number): number[] =>
    (children.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

function* runningProcesses(): Generator<{ readonly id: number; readonly parent: number }> {
  if (process.platform !== 'linux') return;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // proc(5): the name in brackets may hold anything; the parent is the second field after it.
      const text = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const [, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ');
      yield { id: Number(entry), parent: Number(parent) };
    } catch (error) {
      if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}
