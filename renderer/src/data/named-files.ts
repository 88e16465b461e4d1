import type { Incoming, IntakeItem, Outgoing } from '@shared/schema/documents';
import type { Meeting } from '@shared/schema/meetings';
import type { FileRef } from '@shared/schema/values';
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

/** The kinds of rows that name files, in the order in which their files are wanted: papers of meetings first. */
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

/** The files that rows name, kept up to date without reading the rows again. */
export class NamedFiles {
  /** Resolves when every row has been read once. */
  readonly ready: Promise<void>;
  private readonly rows = new Map<Namer, ReadonlyMap<string, readonly FileRef[]>>();

  constructor(database: Database) {
    this.ready = new Promise((resolve, reject) => {
      for (const kind of kinds)
        followRows(rowsOf(database, kind), [everyRow], (row) => listOrNull(filesOf(kind, row))).subscribe({
          next: (found) => {
            this.rows.set(kind, found);
            if (this.rows.size === kinds.length) resolve();
          },
          error: reject,
        });
    });
  }

  /** Each file once, in the order in which they are wanted. */
  list(): readonly FileRef[] {
    const files = new Map<string, FileRef>();
    for (const kind of kinds)
      for (const named of this.rows.get(kind)?.values() ?? [])
        for (const file of named) if (!files.has(file.sha256)) files.set(file.sha256, file);
    return [...files.values()];
  }
}

const listOrNull = (files: readonly FileRef[]): readonly FileRef[] | null =>
  files.length === 0 ? null : files;

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
