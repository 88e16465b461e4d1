import { type FileHandle, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, readFully, replaceFile, syncFolder } from '../vault/durable';
import { isMissing } from '../vault/file-errors';
import { type Line, parseLine } from './line';

// A journal is a folder of segments, `00000001.journal` and so on; each is a file of lines that ends with a line feed.

/** Where a line lies: bytes `start` to `end` of a segment, without the line feed. */
export type Place = { readonly segment: string; readonly start: number; readonly end: number };

export type PlacedLine = { readonly place: Place; readonly text: string; readonly line: Line | null };

export type Segment = {
  readonly lines: readonly PlacedLine[];
  /** Bytes after the last line feed: a line that was never finished, so nobody was told that it is safe. */
  readonly torn: number;
};

/** The segment that is being written to. */
export type Active = { readonly name: string; readonly handle: FileHandle; size: number };

const namePattern = /^\d{8}\.journal$/;
const lineFeed = 0x0a;

/** Names of the segments in a folder, oldest first. */
export async function listSegments(dir: string): Promise<readonly string[]> {
  try {
    return (await readdir(dir)).filter((name) => namePattern.test(name)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export async function readSegment(dir: string, name: string): Promise<Segment> {
  return placeLines(name, await readFile(join(dir, name)), 0);
}

/** Finds the lines in bytes that stand at `offset` of a segment. Lines that are none of ours have `line: null`. */
export function placeLines(segment: string, bytes: Buffer, offset: number): Segment {
  const lines: PlacedLine[] = [];
  let start = 0;
  for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
    const text = bytes.toString('latin1', start, end);
    const place = { segment, start: offset + start, end: offset + end };
    lines.push({ place, text, line: parseLine(text) });
    start = end + 1;
  }
  return { lines, torn: bytes.length - start };
}

/** Reads single lines, in the order in which they are asked for; each segment is read once. */
export async function readLines(dir: string, places: readonly Place[]): Promise<readonly string[]> {
  const segments = new Map<string, Buffer>();
  for (const { segment } of places)
    if (!segments.has(segment)) segments.set(segment, await readFile(join(dir, segment)));
  return places.map(({ segment, start, end }) => segments.get(segment)?.toString('latin1', start, end) ?? '');
}

/**
 * Opens the segment to go on in: the newest if it ends with a whole line and is below `limit`, else a new one. What
 * half a line stands at an end must not run into the next.
 */
export async function beginSegment(dir: string, limit: number): Promise<Active> {
  await makeFolder(dir);
  await removeUnfinished(dir);
  const newest = (await listSegments(dir)).at(-1);
  if (newest !== undefined) {
    const handle = await open(join(dir, newest), 'r+');
    const { size } = await handle.stat();
    if (size < limit && (await endsWhole(handle, size))) return { name: newest, handle, size };
    await handle.close();
  }
  const name = nameAfter(newest);
  const handle = await open(join(dir, name), 'wx', 0o600);
  await syncFolder(dir);
  return { name, handle, size: 0 };
}

async function endsWhole(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  return (await readFully(handle, size - 1, Buffer.alloc(1)))[0] === lineFeed;
}

/** Puts a finished segment behind the others: it is there whole or not at all. */
export async function addSegment(dir: string, text: string): Promise<void> {
  await makeFolder(dir);
  const name = nameAfter((await listSegments(dir)).at(-1));
  await replaceFile(join(dir, name), Buffer.from(text, 'latin1'));
}

function nameAfter(newest: string | undefined): string {
  const index = newest === undefined ? 1 : Number(newest.slice(0, 8)) + 1;
  return `${String(index).padStart(8, '0')}.journal`;
}

/** A rewriting that the power cut leaves such a file; the segment itself is whole, the old one or the new one. */
async function removeUnfinished(dir: string): Promise<void> {
  for (const name of await readdir(dir))
    if (name.endsWith('.new')) await rm(join(dir, name), { force: true });
}
