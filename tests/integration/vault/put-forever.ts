import { randomBytes } from 'node:crypto';
import { openVault } from '../../../electron/vault/vault';

/** Puts random files of 0–4 MB into a vault until it is killed; says `start` and `done <sha256>` for each. */
const [dir = '', master = ''] = process.argv.slice(2);
const vault = await openVault({ dir, masterKey: Buffer.from(master, 'hex') });
process.stdout.write('ready\n');

async function* randomContent(pieces: number) {
  for (let i = 0; i < pieces; i++) yield randomBytes(64 * 1024);
}

for (let n = 0; ; n++) {
  const { sha256 } = await vault.put(randomContent(n % 64));
  process.stdout.write(`done ${sha256}\n`);
}
