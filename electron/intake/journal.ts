import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, replaceFile } from '../vault/durable';
import { isMissing } from '../vault/file-errors';

/** Identifies one file as it lay in the folder: the same bytes under the same name and time. */
export type ClaimKey = { readonly sha256: string; readonly name: string; readonly mtimeMs: number };

export type Claim = ClaimKey & {
  /** The same in every report of this claim, also after a crash: the consumer's key against doubles. */
  readonly claimId: string;
  /** The consumer has said that it holds the file. */
  readonly confirmed: boolean;
};

/** Remembers, across crashes, which files were claimed and which of them the consumer confirmed. */
export type Journal = {
  find(key: ClaimKey): Claim | undefined;
  /** Each change is on the disk when the promise resolves. */
  claim(key: ClaimKey, claimId: string): Promise<Claim>;
  confirm(claimId: string): Promise<void>;
  /** The file has left the folder; the claim is over. */
  finish(claimId: string): Promise<void>;
  /** Ends the claims of files that are no longer in the folder. */
  retain(names: ReadonlySet<string>): Promise<void>;
};

type Line =
  | ({ readonly op: 'claim'; readonly claimId: string } & ClaimKey)
  | { readonly op: 'confirm' | 'finish'; readonly claimId: string };

/** Opens (or makes) the journal file; only claims that are still open are carried over. */
export async function openJournal(path: string): Promise<Journal> {
  const claims = new Map<string, Claim>();
  for (const line of await readLines(path)) apply(claims, line);
  await makeFolder(dirname(path));
  await replaceFile(path, [...claims.values()].map(linesOf).join(''));

  async function record(line: Line): Promise<void> {
    const handle = await open(path, 'a', 0o600);
    try {
      await handle.appendFile(`${JSON.stringify(line)}\n`);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    apply(claims, line);
  }

  return {
    find: (key) => [...claims.values()].find((claim) => isSameKey(claim, key)),
    async claim({ sha256, name, mtimeMs }, claimId) {
      await record({ op: 'claim', claimId, sha256, name, mtimeMs });
      return { claimId, sha256, name, mtimeMs, confirmed: false };
    },
    confirm: (claimId) => record({ op: 'confirm', claimId }),
    finish: (claimId) => record({ op: 'finish', claimId }),
    async retain(names) {
      for (const claim of claims.values()) {
        if (!names.has(claim.name)) await record({ op: 'finish', claimId: claim.claimId });
      }
    },
  };
}

async function readLines(path: string): Promise<Line[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => parseLine(line) ?? []);
}

/** A line torn by a crash was never acted upon, so it counts as not written. */
function parseLine(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Partial<Line> | null;
    return typeof line?.claimId === 'string' && line.op !== undefined ? (line as Line) : undefined;
  } catch {
    return undefined;
  }
}

function apply(claims: Map<string, Claim>, line: Line): void {
  if (line.op === 'claim') {
    const { claimId, sha256, name, mtimeMs } = line;
    claims.set(claimId, { claimId, sha256, name, mtimeMs, confirmed: false });
    return;
  }
  const claim = claims.get(line.claimId);
  if (claim === undefined) return;
  if (line.op === 'confirm') claims.set(line.claimId, { ...claim, confirmed: true });
  else claims.delete(line.claimId);
}

function linesOf({ confirmed, claimId, ...key }: Claim): string {
  const claim: Line = { op: 'claim', claimId, ...key };
  const confirm: Line = { op: 'confirm', claimId };
  return `${JSON.stringify(claim)}\n${confirmed ? `${JSON.stringify(confirm)}\n` : ''}`;
}

function isSameKey(a: ClaimKey, b: ClaimKey): boolean {
  return a.sha256 === b.sha256 && a.name === b.name && a.mtimeMs === b.mtimeMs;
}
