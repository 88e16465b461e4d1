import { Readable, type Transform } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';

/** Lines, each with its line break, as compressed bytes. What goes wrong with them comes out of the result. */
export function zippedLines(lines: Iterable<string> | AsyncIterable<string>): AsyncIterable<Buffer> {
  return connected(Readable.from(lines), createGzip());
}

/** The lines of compressed bytes, without their line breaks. */
export async function* linesOf(zipped: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const plain = connected(Readable.from(zipped), createGunzip());
  let rest = '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of plain) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** Like `pipe`, but a failure of the source ends the result with it. */
function connected(source: Readable, target: Transform): AsyncIterable<Buffer> {
  source.once('error', (error) => target.destroy(error));
  return source.pipe(target);
}
