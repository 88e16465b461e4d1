import { createHash } from 'node:crypto';
import type { RevocationListFacts } from '@shared/ipc/check-contract';
import { AppError } from '@shared/result/result';
import type { CrlDescription } from '@shared/signing';
import { Serial } from '@shared/sync/serial';
import type { SecretFile } from '../../identity/secret-file';

type StoredList = RevocationListFacts & { readonly series: string; readonly der: string };
/** An answer about one certificate, fetched on request; it carries its own dates. */
type StoredAnswer = { readonly id: string; readonly der: string; readonly addedAt: string };
export type RevocationDataRecord = {
  readonly lists: readonly StoredList[];
  readonly answers: readonly StoredAnswer[];
};

const nothing: RevocationDataRecord = { lists: [], answers: [] };
/** The newest are kept. */
const mostAnswers = 500;

/** Revocation lists and answers of this machine, for checks without network. Sealed, so that no one swaps one quietly. */
export class RevocationData {
  private readonly file: SecretFile<RevocationDataRecord>;
  private readonly turn = new Serial();

  constructor(file: SecretFile<RevocationDataRecord>) {
    this.file = file;
  }

  async list(): Promise<readonly RevocationListFacts[]> {
    return (await this.read()).lists.map(factsOf);
  }

  /** DER of everything, for the check. */
  async evidence(): Promise<{ readonly crls: readonly Uint8Array[]; readonly ocsps: readonly Uint8Array[] }> {
    const { lists, answers } = await this.read();
    return { crls: lists.map(derOf), ocsps: answers.map(derOf) };
  }

  /** Takes lists; each takes the place of an older one of its issuer. Gives those taken, and how many were older. */
  addLists(
    lists: readonly CrlDescription[],
    source: RevocationListFacts['source'],
    at: string,
  ): Promise<{ readonly added: readonly RevocationListFacts[]; readonly older: number }> {
    return this.turn.run(async () => {
      const record = await this.read();
      let kept = record.lists;
      const added: StoredList[] = [];
      for (const list of lists) {
        const known = kept.find(({ series }) => series === list.series);
        if (known !== undefined && Date.parse(known.thisUpdate) >= list.thisUpdate) continue;
        const stored = toStored(list, source, at);
        kept = [...kept.filter((entry) => entry !== known), stored];
        added.push(stored);
      }
      if (added.length > 0) await this.file.write({ ...record, lists: kept });
      return { added: added.map(factsOf), older: lists.length - added.length };
    });
  }

  addAnswers(answers: readonly Uint8Array[], at: string): Promise<void> {
    return this.turn.run(async () => {
      const record = await this.read();
      const fresh = answers
        .map((der) => ({ id: sha256(der), der: Buffer.from(der).toString('base64'), addedAt: at }))
        .filter(({ id }) => !record.answers.some((known) => known.id === id));
      if (fresh.length === 0) return;
      await this.file.write({ ...record, answers: [...record.answers, ...fresh].slice(-mostAnswers) });
    });
  }

  /** Removes one list. NOT_FOUND. */
  removeList(id: string): Promise<void> {
    return this.turn.run(async () => {
      const record = await this.read();
      const lists = record.lists.filter((list) => list.id !== id);
      if (lists.length === record.lists.length) throw new AppError('NOT_FOUND', 'revocation list');
      await this.file.write({ ...record, lists });
    });
  }

  private async read(): Promise<RevocationDataRecord> {
    return (await this.file.read()) ?? nothing;
  }
}

function toStored(list: CrlDescription, source: StoredList['source'], addedAt: string): StoredList {
  const { id, issuer, series, thisUpdate, nextUpdate } = list;
  return {
    id,
    issuer,
    series,
    thisUpdate: new Date(thisUpdate).toISOString(),
    nextUpdate: nextUpdate === null ? '' : new Date(nextUpdate).toISOString(),
    source,
    addedAt,
    der: Buffer.from(list.der).toString('base64'),
  };
}

function factsOf({ id, issuer, thisUpdate, nextUpdate, source, addedAt }: StoredList): RevocationListFacts {
  return { id, issuer, thisUpdate, nextUpdate, source, addedAt };
}

const derOf = ({ der }: { readonly der: string }): Uint8Array => new Uint8Array(Buffer.from(der, 'base64'));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
