import { provinceBucket, unitBucket } from '@shared/domain/exchange';
import { type CollectionName, collectionNames } from '@shared/schema/rows';
import type { Operation } from '@shared/sync/operation';
import { useEffect, useMemo, useState } from 'react';
import { usePeople, useSession, useUnits, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { mainChange, type NameOf, nameOfRow } from './operation-words';

/** Name of a person or unit by its id; '' for ids that are neither. */
export function useNameOf(): NameOf {
  const people = usePeople();
  const units = useUnits();
  return (id) => people.get(id)?.name ?? units.get(id)?.name ?? '';
}

/** What the documents and meetings of operations are called, by operation id; '' until read or where unknown. */
export function useSubjects(operations: readonly Operation[]): ReadonlyMap<string, string> {
  const { store } = useWorkplace();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let left = false;
    const read = async (operation: Operation): Promise<readonly [string, string]> => [
      operation.op,
      await subjectOf(operation, (coll, id) => store.read(coll, id)),
    ];
    void Promise.all(operations.map(read)).then((pairs) => {
      if (!left) setNames(new Map(pairs));
    });
    return () => {
      left = true;
    };
  }, [operations, store]);
  return names;
}

/** The same for one operation of a long list, whose other rows nobody sees. */
export function useSubject(operation: Operation): string {
  const alone = useMemo(() => [operation], [operation]);
  return useSubjects(alone).get(operation.op) ?? '';
}

type ReadRow = (coll: CollectionName, id: string) => Promise<unknown>;

async function subjectOf(operation: Operation, read: ReadRow): Promise<string> {
  const main = mainChange(operation);
  if (main === undefined) return '';
  const stored = (await read(main.coll, main.id)) as Readonly<Record<string, unknown>> | null;
  return nameOfRow({ ...stored, ...main.patch });
}

/** What a part of the data is called that is read as a whole: the directory, the own unit, another unit. */
export function useBucketName(): (bucket: string) => string {
  const units = useUnits();
  const { device } = useSession();
  return (bucket) => {
    if (bucket === provinceBucket) return t.sync.buckets.province;
    if (bucket === unitBucket(device.unit)) return t.sync.buckets.unit;
    const other = [...units.values()].find(({ id }) => unitBucket(id) === bucket);
    return t.sync.buckets.other(other?.name ?? bucket);
  };
}

type RowKey = { readonly coll: string; readonly entity: string };

/** What the rows of conflicts are called; a row that has no name, or is not read yet, by its id. */
export function useRowNames(rows: readonly RowKey[]): (row: RowKey) => string {
  const { store } = useWorkplace();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const keys = [...new Set(rows.map(keyOf))].sort().join(' ');
  useEffect(() => {
    let left = false;
    const read = async (key: string): Promise<readonly [string, string]> => {
      const [coll = '', id = ''] = key.split('/');
      return [key, isCollection(coll) ? nameOfRow(await store.read(coll, id)) : ''];
    };
    void Promise.all(keys === '' ? [] : keys.split(' ').map(read)).then((pairs) => {
      if (!left) setNames(new Map(pairs));
    });
    return () => {
      left = true;
    };
  }, [store, keys]);
  return (row) => names.get(keyOf(row)) || row.entity;
}

// Ids and names of collections hold neither a slash nor a space.
const keyOf = ({ coll, entity }: RowKey): string => `${coll}/${entity}`;

/** Where a row can be seen, or '' where it has no screen. */
export function screenOf(coll: string, id: string): string {
  if (coll === 'incoming' || coll === 'outgoing' || coll === 'meetings')
    return `/${coll}/${encodeURIComponent(id)}`;
  return coll === 'intake' ? '/intake' : '';
}

/** Narrows a collection name that came as text. */
export function isCollection(name: string): name is CollectionName {
  return (collectionNames as readonly string[]).includes(name);
}
