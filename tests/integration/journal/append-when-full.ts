import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@shared/result/result';
import { OperationJournal } from '../../../electron/journal/operation-journal';
import { sampleOperation } from './sample-operations';

/** Appends until the small disk is full, makes room, appends once more; says what was safe and what was found. */
const [dir = ''] = process.argv.slice(2);
const key = Buffer.alloc(32, 7);
const ballast = join(dir, 'ballast');
await writeFile(ballast, Buffer.alloc(256 * 1024));
const folder = join(dir, 'journal');
const journal = new OperationJournal(folder, key);
let safe = 0;
let code = '';
while (code === '') {
  try {
    await journal.append(sampleOperation(safe + 1));
    safe += 1;
  } catch (error) {
    code = error instanceof AppError ? error.code : String(error);
  }
}
await rm(ballast);
await journal.append(sampleOperation(safe + 1));
await journal.close();
const found = (await new OperationJournal(folder, key).read(0, 1_000_000)).map(({ n }) => n);
const whole = found.length === safe + 1 && found.every((n, at) => n === at + 1);
process.stdout.write(`${JSON.stringify({ code, whole, many: safe > 100 })}\n`);
