import { type CollectionName, collectionNames } from '@shared/schema/rows';
import type { Operation } from '@shared/sync/operation';
import { useEffect, useState } from 'react';
import { usePeople, useUnits, useWorkplace } from '../../data';
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
    void readSubjects(operations, (coll, id) => store.read(coll, id)).then((read) => {
      if (!left) setNames(read);
    });
    return () => {
      left = true;
    };
  }, [operations, store]);
  return names;
}

type ReadRow = (coll: CollectionName, id: string) => Promise<unknown>;

async function readSubjects(
  operations: readonly Operation[],
  read: ReadRow,
): Promise<ReadonlyMap<string, string>> {
  const rows = new Map<string, Promise<unknown>>();
  const names = new Map<string, string>();
  for (const operation of operations) {
    const main = mainChange(operation);
    if (main === undefined) continue;
    const key = `${main.coll}/${main.id}`;
    const row = rows.get(key) ?? read(main.coll, main.id);
    rows.set(key, row);
    const stored = (await row) as Readonly<Record<string, unknown>> | null;
    names.set(operation.op, nameOfRow({ ...stored, ...main.patch }));
  }
  return names;
}

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
