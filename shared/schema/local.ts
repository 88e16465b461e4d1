import { noteSchema } from './meetings';
import { type CollectionName, rowSchemas } from './rows';

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
 * Builds a local schema: `indexed` gives the exact type of every indexed field. Each of them is required and never null:
 * a null would make the row invisible to queries that use the index.
 */
function localSchema(
  fields: readonly string[],
  indexed: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  indexes: LocalSchema['indexes'],
): LocalSchema {
  const properties: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const field of fields) properties[field] = {};
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
 * The fields of a row that every version knew. Optional ones came later and are not declared: nothing validates here, and a
 * schema that changes would lock out every database that exists already.
 */
const rowFields = (coll: CollectionName): readonly string[] => [
  ...Object.entries<{ safeParse(value: unknown): { success: boolean } }>(rowSchemas[coll].shape)
    .filter(([, field]) => !field.safeParse(undefined).success)
    .map(([name]) => name),
  'rev',
];

/** Views of the province's data: can be dropped and pulled again at any time. */
export const viewSchemas = {
  units: localSchema(rowFields('units'), {}, []),
  people: localSchema(rowFields('people'), {}, []),
  intake: localSchema(rowFields('intake'), { newestFirst: sortKey, state: text(20) }, [
    'newestFirst',
    ['state', 'newestFirst'],
  ]),
  incoming: localSchema(
    rowFields('incoming'),
    { newestFirst: sortKey, state: text(20), duplicateKey: text(300) },
    ['newestFirst', ['state', 'newestFirst'], 'duplicateKey'],
  ),
  outgoing: localSchema(rowFields('outgoing'), { newestFirst: sortKey, state: text(20) }, [
    'newestFirst',
    ['state', 'newestFirst'],
  ]),
  meetings: localSchema(rowFields('meetings'), { newestFirst: sortKey, state: text(20) }, [
    'newestFirst',
    ['state', 'newestFirst'],
  ]),
  conflicts: localSchema(rowFields('conflicts'), { newestFirst: sortKey }, ['newestFirst']),
  notes: localSchema(Object.keys(noteSchema.shape), { meeting: text(120) }, ['meeting']),
} as const satisfies Record<string, LocalSchema>;

/** What must survive anything: written with strict durability. */
export const ledgerSchemas = {
  outbox: localSchema(
    ['id', 'n', 'status', 'operation', 'reason'],
    { n: whole(999_999_999), status: text(12) },
    ['n', ['status', 'n']],
  ),
  books: localSchema(rowFields('books'), {}, []),
  numbers: localSchema(rowFields('numbers'), { book: text(120), n: whole(999_999) }, [['book', 'n']]),
  state: localSchema(['id', 'value'], {}, []),
} as const satisfies Record<string, LocalSchema>;
