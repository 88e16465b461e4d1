import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openBreakingLine } from '../breaking-line';
import { newFileMachine, randomPieces } from '../file-machine';
import { startChildServer } from './replication/child-server';
import type { Row } from './rounds';

const megabytes = 200;
const cuts = 20;
const target = 1.05;

/** What a line that breaks carries for one file, each way, with the server as it is shipped. */
export async function measureFiles(root: string, folder: string): Promise<readonly Row[]> {
  const data = path.join(folder, 'server');
  const program = path.join(root, 'out', 'server', 'index.js');
  const server = await startChildServer([
    program,
    '--port=0',
    `--data=${data}`,
    '--sample',
    '--log-level=warn',
  ]);
  const line = await openBreakingLine(server.url);
  try {
    const [first = '', second = ''] = await enrolmentCodes(data);
    const from = await (await newFileMachine(path.join(folder, 'from'), line.url, first)).open();
    const to = await (await newFileMachine(path.join(folder, 'to'), line.url, second)).open();
    const { sha256, size } = await from.vault.put(randomPieces(megabytes * 1e6));
    const carried = async (move: () => Promise<void>, count: () => number): Promise<Row['ours']> => {
      const before = count();
      line.cutEvery(size / (cuts + 0.5), cuts);
      await move();
      return [(count() - before) / 1e6];
    };
    const row = (what: string, ours: Row['ours']): Row => ({
      what: `${megabytes} MB ${what} cut ${cuts} times: bytes sent / size`,
      against: 'size',
      target,
      unit: 'MB',
      ours,
      limit: [size / 1e6],
    });
    const nothing = (): void => undefined;
    return [
      row('upload', await carried(() => from.files.upload(sha256, nothing), line.up)),
      row('download', await carried(() => to.files.download(sha256, nothing), line.down)),
    ];
  } finally {
    await line.stop();
    await server.stop();
  }
}

/** Unused codes for one unit of the sample province. */
async function enrolmentCodes(data: string): Promise<readonly string[]> {
  const { units } = JSON.parse(await readFile(path.join(data, 'enrolment.json'), 'utf8')) as {
    readonly units: readonly { readonly codes: readonly string[] }[];
  };
  return units.find(({ codes }) => codes.length > 1)?.codes ?? [];
}
