import type { Row } from '../rounds';

/** What the Electron part of the bench says on stdout, one JSON text a line. */
export type Message =
  | { readonly kind: 'runtime'; readonly line: string }
  | { readonly kind: 'step'; readonly name: string }
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'failed'; readonly name: string; readonly reason: string };

export const messagePrefix = 'BENCH ';

/** Runs one named step and says its rows; a step that fails is named and does not stop the others. */
export async function runStep(name: string, run: () => Promise<readonly Row[]>): Promise<void> {
  say({ kind: 'step', name });
  try {
    say({ kind: 'rows', rows: await run() });
  } catch (error) {
    say({
      kind: 'failed',
      name,
      reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}

export function say(message: Message): void {
  process.stdout.write(`${messagePrefix}${JSON.stringify(message)}\n`);
}
