import { OperationJournal } from '../../../electron/journal/operation-journal';
import { sampleOperation } from './sample-operations';

/** Appends operations in groups of three until it is killed; says `done <n>` for each that is safe. */
const [dir = '', key = '', first = '1'] = process.argv.slice(2);
const journal = new OperationJournal(dir, Buffer.from(key, 'hex'), 8 * 1024);
process.stdout.write('ready\n');

for (let n = Number(first); ; n += 3) {
  const group = [n, n + 1, n + 2].map((each) =>
    journal.append(sampleOperation(each)).then(() => process.stdout.write(`done ${each}\n`)),
  );
  await Promise.all(group);
}
