import { schemaVersion } from './rows';

/** JSON schema of one local collection in the form RxDB takes; only indexed fields need exact types. */
export type LocalSchema = {
  readonly version: 0;
  readonly type: 'object';
  readonly primaryKey: 'id';
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required: readonly string[];
  readonly indexes: readonly (string | readonly string[])[];
};

const text = (maxLength: number) => ({ type: 'string', maxLength }) as const;
const whole = (maximum: number) => ({ type: 'number', minimum: 0, maximum, multipleOf: 1 }) as const;
const sortKey = whole(9_999_999_999_999);

/**
 * Builds a local schema. `indexed` gives the exact type of every indexed field: each of them is required and never null,
 * because a null would make the row invisible to queries that use the index. Other fields need not be declared: nothing
 * validates here, and a declared field would make another schema of every change of a row.
 */
function localSchema(
  indexed: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  indexes: LocalSchema['indexes'],
  declared: readonly string[] = [],
): LocalSchema {
  const properties: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const field of declared) properties[field] = {};
  return {
    version: 0,
    type: 'object',
    primaryKey: 'id',
    properties: { ...properties, id: text(200), ...indexed },
    required: ['id', ...Object.keys(indexed).filter((field) => field !== 'id')],
    indexes,
  };
}

/**
 * Names the layout of the local rows. A new one is due when `viewSchemas` changes, or when rows that are stored already
 * would lack what the program reads (a test holds both against this number). There is no migration: the rows are dropped and
 * pulled again, which is faster; the outbox, the state and the notes are kept.
 */
export const viewGeneration = `${schemaVersion}-2`;

/** Private notes, which no server has. The fields are those of the first version, whose views held them. */
export const notesSchema = localSchema(
  { meeting: text(120) },
  ['meeting'],
  ['id', 'person', 'meeting', 'paper', 'page', 'text', 'at'],
);

const byTime = localSchema({ newestFirst: sortKey, state: text(20) }, [
  'newestFirst',
  ['state', 'newestFirst'],
]);

/** The server's rows: can be dropped and pulled again at any time. */
export const viewSchemas = {
  units: localSchema({}, []),
  people: localSchema({}, []),
  intake: byTime,
  incoming: localSchema({ newestFirst: sortKey, state: text(20), duplicateKey: text(300) }, [
    'newestFirst',
    ['state', 'newestFirst'],
    'duplicateKey',
  ]),
  outgoing: byTime,
  meetings: byTime,
  conflicts: localSchema({ newestFirst: sortKey }, ['newestFirst']),
  books: localSchema({}, []),
  numbers: localSchema({ book: text(120), n: whole(999_999) }, [['book', 'n']]),
} as const satisfies Record<string, LocalSchema>;

/** Views that are written with strict durability: a number is given by what they say, and one that was given stays given. */
export const strictViews: ReadonlySet<string> = new Set<keyof typeof viewSchemas>(['books', 'numbers']);

/**
 * What cannot be pulled again: strict durability, and never dropped. These schemas stay as they are for ever, because
 * RxDB does not open a collection whose schema has changed; further fields of an entry are not declared.
 */
export const ledgerSchemas = {
  outbox: localSchema(
    { n: whole(999_999_999), status: text(12) },
    ['n', ['status', 'n']],
    ['id', 'n', 'status', 'operation', 'reason'],
  ),
  state: localSchema({}, [], ['id', 'value']),
  notes: notesSchema,
} as const satisfies Record<string, LocalSchema>;
