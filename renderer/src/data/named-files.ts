import { timeOfKey } from '@shared/domain/plan';
import type { Incoming, IntakeItem, Outgoing } from '@shared/schema/documents';
import type { Meeting } from '@shared/schema/meetings';
import type { FileRef } from '@shared/schema/values';
import { rowKey } from '@shared/sync/files/choices';
import type { RxCollection } from 'rxdb';
import type { Database, LocalRow } from './database';
import { followRows, pagesOf, type Walk } from './follow-rows';

type Named = (FileRef | null | undefined)[];

const ofMeeting = ({ papers, pack, minutes }: Meeting): Named => [
  ...papers.map((paper) => paper.file),
  pack?.document,
  minutes,
];
const ofIntake = ({ file }: IntakeItem): Named => [file];
const ofIncoming = ({ files, electronicCopies, signatures }: Incoming): Named => [
  ...files,
  ...Object.values(electronicCopies ?? {}).map((copy) => copy.file),
  ...Object.values(signatures).map(({ report }) => report),
];
const ofOutgoing = ({ body, annexes, electronicCopies }: Outgoing): Named => [
  body,
  ...annexes,
  ...Object.values(electronicCopies ?? {}).map((copy) => copy.file),
];

/** The kinds of rows that name files, and how to find them. */
const namers = { meetings: ofMeeting, intake: ofIntake, incoming: ofIncoming, outgoing: ofOutgoing } as const;
type Namer = keyof typeof namers;
const kinds = Object.keys(namers) as readonly Namer[];

const everyRow: Walk = { where: {}, by: 'newestFirst' };

function filesOf(kind: Namer, row: unknown): readonly FileRef[] {
  const named = (namers[kind] as (row: unknown) => Named)(row);
  return named.filter((file): file is FileRef => file !== null && file !== undefined);
}

function rowsOf(database: Database, kind: Namer): RxCollection<LocalRow<Namer>> {
  return database.rows(kind) as unknown as RxCollection<LocalRow<Namer>>;
}

/** What a row says of the files that it names. */
type RowFiles = {
  readonly files: readonly FileRef[];
  readonly madeAt: number;
  /** Day of the meeting, or ''. */
  readonly day: string;
};

/** A file with what the rows that name it say of it. */
export type NamedFile = {
  readonly file: FileRef;
  /** The newest of them, in milliseconds since 1970. */
  readonly madeAt: number;
  /** Days of the meetings among them. */
  readonly meetingDays: readonly string[];
  /** One of them is kept on this machine. */
  readonly kept: boolean;
};

/** The files that rows name, kept up to date without reading the rows again. */
export class NamedFiles {
  /** Resolves when every row has been read once. */
  readonly ready: Promise<void>;
  private readonly rows = new Map<Namer, ReadonlyMap<string, RowFiles>>();

  constructor(database: Database) {
    this.ready = new Promise((resolve, reject) => {
      for (const kind of kinds)
        followRows(rowsOf(database, kind), [everyRow], (row) => rowFilesOrNull(kind, row)).subscribe({
          next: (found) => {
            this.rows.set(kind, found);
            if (this.rows.size === kinds.length) resolve();
          },
          error: reject,
        });
    });
  }

  /**
   * Each file once.
   * @param kept rows whose files are kept on this machine
   */
  list(kept: ReadonlySet<string>): readonly NamedFile[] {
    const files = new Map<string, NamedFile>();
    for (const kind of kinds)
      for (const [id, row] of this.rows.get(kind) ?? []) {
        const isKept = kept.has(rowKey(kind, id));
        for (const file of row.files)
          files.set(file.sha256, namedBy(files.get(file.sha256), file, row, isKept));
      }
    return [...files.values()];
  }
}

function namedBy(known: NamedFile | undefined, file: FileRef, row: RowFiles, kept: boolean): NamedFile {
  const days = known?.meetingDays ?? [];
  return {
    file: known?.file ?? file,
    madeAt: Math.max(known?.madeAt ?? 0, row.madeAt),
    meetingDays: row.day === '' ? days : [...days, row.day],
    kept: kept || known?.kept === true,
  };
}

function rowFilesOrNull(kind: Namer, row: LocalRow<Namer>): RowFiles | null {
  const files = filesOf(kind, row);
  if (files.length === 0) return null;
  const day = kind === 'meetings' ? (row as Meeting).startsAt.slice(0, 10) : '';
  return { files, madeAt: timeOfKey(row.newestFirst), day };
}

/**
 * Whether a row names this content, read from the rows themselves: bytes are removed upon the answer.
 * @param byDocument leaves the intake box out
 */
export async function isNamed(database: Database, sha256: string, byDocument = false): Promise<boolean> {
  for await (const file of eachNamedFile(database, byDocument)) if (file.sha256 === sha256) return true;
  return false;
}

/** Every file that a row names, as often as it is named; reads all rows. */
export async function* eachNamedFile(database: Database, byDocument = false): AsyncGenerator<FileRef> {
  for (const kind of kinds) {
    if (byDocument && kind === 'intake') continue;
    for await (const page of pagesOf(rowsOf(database, kind), everyRow))
      for (const row of page) yield* filesOf(kind, row);
  }
}
