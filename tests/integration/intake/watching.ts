import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createIntake } from '../../../electron/intake/take-file';
import { watchFolder } from '../../../electron/intake/watch-folder';
import { openVault } from '../../../electron/vault/vault';
import { inspect } from '../../../electron/workers/documents/jobs/inspect';

/**
 * Watches a folder until it is killed. Its register keeps one file per claim, made with the claim as key, as
 * the real register does; `calls.log` counts every report.
 */
const [base = ''] = process.argv.slice(2);
const vault = await openVault({ dir: join(base, 'own-vault'), masterKey: Buffer.alloc(32, 3) });
const context = { signal: new AbortController().signal, progress: () => undefined };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

await watchFolder(join(base, 'scan'), {
  intake: createIntake({ vault, inspect: (input) => inspect(input, context) }),
  journalPath: join(base, 'profile', 'scan.journal'),
  pollMs: 20,
  settleMs: 40,
  patienceMs: 80,
  retryMs: 100,
  async onTaken({ claimId, file }) {
    const calls = await open(join(base, 'calls.log'), 'a');
    await calls.appendFile(`${claimId} ${file.name}\n`);
    await calls.close();
    await pause(Math.random() * 20);
    const entry = await open(join(base, 'register', claimId), 'w');
    await entry.writeFile(JSON.stringify({ name: file.name, sha256: file.sha256 }));
    await entry.sync();
    await entry.close();
    await pause(Math.random() * 20);
  },
  onProblem(problem) {
    process.stderr.write(`${JSON.stringify(problem)}\n`);
  },
});
setInterval(() => undefined, 1000);
process.stdout.write('ready\n');
