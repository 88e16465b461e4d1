import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from '../../../electron/vault/durable';
import { openVault } from '../../../electron/vault/vault';
import { alternate, type Row, timed } from '../rounds';

const megabytes = 20;
/** The pieces in which the vault reads a file that is taken in. */
const pieceSize = 512 * 1024;

/**
 * A file into the encrypted vault and out to a copy, against a plain copy that works out the SHA-256 on the way. Taking
 * in is durable on both sides; a copy handed out is not, as in the product.
 */
export async function measureVault(folder: string, rounds: number): Promise<readonly Row[]> {
  await mkdir(folder, { recursive: true });
  const source = path.join(folder, 'source.bin');
  const copy = path.join(folder, 'copy.bin');
  const bytes = randomBytes(megabytes * 1024 * 1024);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await writeFile(source, bytes, { flush: true });
  const vault = await openVault({ dir: path.join(folder, 'vault'), masterKey: randomBytes(32) });
  const copyChecked = async (durable: boolean): Promise<number> => {
    await rm(copy, { force: true });
    const ms = await timed(async () => {
      if ((await copyWithDigest(source, copy, durable)) !== sha256)
        throw new Error('the copy is not the file');
    });
    return ms;
  };
  const intoVault = await alternate(rounds, {
    ours: async () => {
      await vault.remove(sha256);
      return timed(() => vault.put(source));
    },
    limit: () => copyChecked(true),
  });
  const outOfVault = await alternate(rounds, {
    ours: async () => {
      await rm(copy, { force: true });
      return timed(() => pipeline(vault.read(sha256), createWriteStream(copy)));
    },
    limit: () => copyChecked(false),
  });
  const against = 'copy + SHA-256';
  return [
    { what: `${megabytes} MB into the vault`, against: `${against}, flushed`, target: 2, ...intoVault },
    { what: `${megabytes} MB out of the vault`, against, target: 2, ...outOfVault },
  ];
}

async function copyWithDigest(source: string, target: string, durable: boolean): Promise<string> {
  const hash = createHash('sha256');
  const digest = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(createReadStream(source, { highWaterMark: pieceSize }), digest, createWriteStream(target));
  if (durable) {
    const handle = await open(target, 'r+');
    await handle.sync();
    await handle.close();
    await syncFolder(path.dirname(target));
  }
  return hash.digest('hex');
}
