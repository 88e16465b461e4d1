import { AppError } from '@shared/result/result';
import { openVault } from '../../../electron/vault/vault';

/** Puts one file into a vault and prints the outcome: `stored` or the code of the failure. */
const [dir = '', path = ''] = process.argv.slice(2);
const vault = await openVault({ dir, masterKey: Buffer.alloc(32, 7) });
try {
  await vault.put(path);
  process.stdout.write('stored\n');
} catch (error) {
  process.stdout.write(`${error instanceof AppError ? error.code : String(error)}\n`);
}
