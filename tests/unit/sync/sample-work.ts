import type { LocalStore } from '@shared/sync/client/local-store';
import type { Change, Operation } from '@shared/sync/operation';

/** A unit with all its fields: the shortest row that the schema takes. */
export const unitRow = (id: string, name = `Đơn vị ${id}`): Record<string, unknown> => ({
  id,
  unit: id,
  name,
  symbol: 'CĐ',
  level: 'grassroots',
  superior: '',
  place: '',
  collective: '',
  sealMm: 36,
  validFrom: '',
  validTo: '',
});

const command = 'incoming.comment';

async function append(store: LocalStore, change: Omit<Change, 'base' | 'coll'>): Promise<Operation> {
  return store.exclusively(async () => {
    const row = await store.read('units', change.id);
    const base = row?.rev ?? 0;
    const at = '2026-11-21T08:00:00+07:00';
    const changes = [{ ...change, coll: 'units' as const, base }];
    return store.append('D', { command, actor: 'p', at, changes });
  });
}

/** Makes a row on this device, or sets fields of one that is there. */
export async function write(
  store: LocalStore,
  id: string,
  patch?: Readonly<Record<string, string>>,
): Promise<Operation> {
  if (patch !== undefined) return append(store, { id, create: false, patch });
  return append(store, { id, create: true, patch: unitRow(id) as never });
}
