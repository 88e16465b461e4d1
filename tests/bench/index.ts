import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Message, messagePrefix } from './app/report';
import { measureColdStart } from './cold-start';
import { runElectron } from './electron-run';
import { measureFiles } from './files';
import { measureFirstSync } from './first-sync';
import { measurePull, measurePush } from './replication';
import type { Row } from './rounds';
import { measureServer } from './server';
import { measureSigning } from './signing';
import { formatTable } from './table';

const help = `npm run bench [-- --quick] [--only PART,…]     measures the application beside its limits, in one run

  --quick   10,000 documents and fewer rounds (under four minutes) instead of 100,000 (under twenty)
  --only    some of: start, signing, files, local, window, server, pull, push

A row over its target is marked; it does not fail the command, since machines differ. What cannot be measured does.
`;
const root = path.resolve(import.meta.dirname, '..', '..');
const full = { documents: 100_000, pushed: 10_000, devices: 500, rounds: 9, starts: 9, limitMs: 400_000 };
const quick = {
  documents: 10_000,
  pushed: 1_000,
  devices: 125,
  rounds: 5,
  starts: 3,
  limitMs: 100_000,
};

/** The parts of the bench, in the order in which they run. */
const parts: Readonly<Record<string, (plan: typeof full, folder: string, found: Findings) => Promise<void>>> =
  {
    start: async (plan, folder, found) =>
      void found.rows.push(...(await measureColdStart(root, folder, plan.starts))),
    signing: async (plan, folder, found) =>
      void found.rows.push(...(await measureSigning(root, path.join(folder, 'signing'), plan.rounds))),
    files: async (_plan, folder, found) =>
      void found.rows.push(...(await measureFiles(root, path.join(folder, 'files')))),
    local: measureInElectron,
    window: async (plan, folder, found) =>
      void found.rows.push(...(await measureFirstSync(root, folder, plan.documents, plan.starts))),
    server: async ({ documents, devices, rounds }, _folder, found) =>
      void found.rows.push(
        ...(await measureServer(root, { documents, devices, rounds: Math.ceil(rounds / 3) })),
      ),
    pull: async (plan, folder, found) =>
      void found.rows.push(...(await measurePull(path.join(folder, 'pull'), plan.documents))),
    push: async (plan, folder, found) =>
      void found.rows.push(...(await measurePush(path.join(folder, 'push'), plan.pushed))),
  };

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { help: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' } },
  });
  const chosen = values.only === undefined ? Object.keys(parts) : values.only.split(',');
  const unknown = chosen.find((name) => !Object.hasOwn(parts, name));
  if (values.help === true || unknown !== undefined) {
    process.stdout.write(help);
    return unknown === undefined ? 0 : 2;
  }
  const plan = values.quick === true ? quick : full;
  const startedAt = performance.now();
  const found: Findings = { rows: [], failures: [], loads: [loadNow()], runtime: 'unknown' };
  const folder = mkdtempSync(path.join(tmpdir(), 'cong-van-bench-'));
  // Also when the command is interrupted; the programs in it have been killed by then.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const name of chosen) {
    progress(name);
    try {
      await parts[name]?.(plan, folder, found);
    } catch (error) {
      found.failures.push(`${name}: ${reasonOf(error)}`);
    }
    found.loads.push(loadNow());
  }
  print(found, Math.round((performance.now() - startedAt) / 1000));
  return found.failures.length === 0 ? 0 : 1;
}

/** What has been found so far; grows while the bench runs. */
type Findings = {
  readonly rows: Row[];
  readonly failures: string[];
  /** Mean number of busy processes in the last minute, at several moments. */
  readonly loads: number[];
  runtime: string;
};

function print({ rows, failures, loads, runtime }: Findings, seconds: number): void {
  const busiest = Math.max(...loads);
  const lines = [
    '',
    `Runtime: ${runtime}: ${process.env['CONG_VAN_ELECTRON'] ?? ''}`,
    `Machine: ${machine()}, load up to ${busiest.toFixed(1)}; ${seconds} s`,
    'Medians with the minimum beside them; both sides in turn in the same run. n: rounds.',
    ...(busiest > 2 * cpus().length ? ['Other programs kept this machine busy: read the minima.'] : []),
    '',
    formatTable(rows),
    ...failures.map((failure) => `\nNOT MEASURED: ${failure}`),
    '',
  ];
  process.stdout.write(lines.join('\n'));
}

/** Everything that is not a start: database and page, vault, document worker. */
async function measureInElectron(plan: typeof full, folder: string, found: Findings): Promise<void> {
  const take = (message: Message): void => {
    if (message.kind === 'runtime') found.runtime = message.line;
    else if (message.kind === 'step') progress(message.name);
    else if (message.kind === 'rows') found.rows.push(...message.rows);
    else found.failures.push(`${message.name}: ${message.reason}`);
  };
  await runElectron({
    args: [
      path.join(import.meta.dirname, 'app', 'main.js'),
      `--data=${folder}`,
      `--documents=${plan.documents}`,
      `--rounds=${plan.rounds}`,
    ],
    limitMs: plan.limitMs,
    onLine: (line) => {
      if (line.startsWith(messagePrefix)) take(JSON.parse(line.slice(messagePrefix.length)) as Message);
    },
  });
}

function machine(): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  return `${processors.length} × ${model}, ${gigabytes} GB, ${type()} ${release()}, no GPU`;
}

const loadNow = (): number => loadavg()[0] ?? 0;
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function progress(what: string): void {
  process.stderr.write(`… ${what}\n`);
}

process.exit(await main());
