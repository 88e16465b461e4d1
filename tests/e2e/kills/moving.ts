import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { takeIn } from '../../driver/incoming-acts';
import type { Province } from '../../driver/province';
import type { Workstation } from '../../driver/workstation';
import { sha256 } from '../papers';
import { digestInPage } from '../vault-page';
import { clerk, type Office } from './office';

/** Long enough on its way over the slow line to be met there. */
const scanBytes = 5_000_000;
/** What a cut may cost of what had come: the chunk of the vault that was not whole yet. */
const chunkBytes = 256 * 1024;

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);
const blob = (folder: string, digest: string): string =>
  path.join(folder, digest.slice(0, 2), digest.slice(2, 4), digest);
const onServer = ({ folder }: Province, digest: string): string =>
  blob(path.join(folder, 'server', 'files'), digest);
const inVault = ({ profile }: Workstation, digest: string): string =>
  blob(path.join(profile, 'vault', 'blobs'), digest);
const partial = ({ profile }: Workstation, digest: string): string =>
  path.join(profile, 'vault', 'partial', digest);

/** Names of the uploads that have begun at the server and not ended. */
function uploadsOf({ folder }: Province): readonly string[] {
  return readdirSync(path.join(folder, 'server', 'uploads')).filter((name) => !name.endsWith('.json'));
}

/** Waits until so many bytes have come, by what `bytes` finds on a disk. */
const come = (bytes: () => number, count: number): Promise<void> =>
  expect.poll(bytes, { intervals: [10], timeout: 120_000 }).toBeGreaterThanOrEqual(count);

/** A file is cut on its way up; it goes on where it was, and the server has it whole. */
export async function cutUpload(office: Office): Promise<void> {
  const { writer, province } = office;
  await writer.settle();
  // A cut before a machine had noted where it sends to leaves a beginning that nobody ends.
  const left = new Set(uploadsOf(province));
  const arriving = (): readonly string[] => uploadsOf(province).filter((name) => !left.has(name));
  const bytes = (): number =>
    arriving().reduce((sum, name) => sum + sizeOf(path.join(province.folder, 'server', 'uploads', name)), 0);
  const scan = office.nextScan(scanBytes);
  const digest = sha256(readFileSync(scan));
  await takeIn(writer, [scan]);
  await come(bytes, (0.05 + office.random() * 0.65) * scanBytes);
  await writer.kill();
  const [before, begun] = [bytes(), arriving()];
  process.stdout.write(`cut when ${Math.round(before / 1000)} kB had gone up\n`);
  expect(begun).toHaveLength(1);
  expect(existsSync(onServer(province, digest)), 'not whole yet, so not there').toBe(false);
  await writer.reopen();
  await writer.signIn(clerk);
  await expect
    .poll(
      () => {
        const [names, size] = [arriving(), bytes()];
        if (names.length > 0) expect(names, 'it goes on where it was').toEqual(begun);
        if (names.length > 0) expect(size).toBeGreaterThanOrEqual(before);
        return existsSync(onServer(province, digest));
      },
      { intervals: [20], timeout: 60_000 },
    )
    .toBe(true);
  expect(sha256(readFileSync(onServer(province, digest)))).toBe(digest);
  await expect.poll(arriving).toEqual([]);
}

/** A file is cut on its way down; it is not shown before it is whole, goes on, and is the one that was sent. */
export async function cutDownload(office: Office): Promise<void> {
  const { writer, other } = office;
  await writer.settle();
  await other.settle();
  const scan = office.nextScan(scanBytes);
  const digest = sha256(readFileSync(scan));
  await takeIn(writer, [scan]);
  const share = 0.05 + office.random() * 0.65;
  await come(() => sizeOf(partial(other, digest)), share * scanBytes);
  expect(await digestInPage(other, digest), 'on its way').toBe('');
  await other.kill();
  const before = sizeOf(partial(other, digest));
  process.stdout.write(`cut when ${Math.round(before / 1000)} kB had come down\n`);
  expect(existsSync(inVault(other, digest)), 'not whole yet, so not there').toBe(false);
  await other.reopen();
  await other.signIn(clerk);
  const seen = new Set<string>();
  let least = Number.POSITIVE_INFINITY;
  await expect
    .poll(
      async () => {
        const held = sizeOf(partial(other, digest));
        if (held > 0) least = Math.min(least, held);
        seen.add(await digestInPage(other, digest));
        return existsSync(inVault(other, digest)) && seen.has(digest);
      },
      { intervals: [20], timeout: 60_000 },
    )
    .toBe(true);
  expect([...seen].filter((shown) => shown !== '')).toEqual([digest]);
  expect(least, 'it goes on where it was').toBeGreaterThanOrEqual(before - chunkBytes);
}
