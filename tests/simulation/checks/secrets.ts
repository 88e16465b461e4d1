import type { IntakeItem } from '@shared/schema/documents';
import { rowsOf } from '../machine/disk';
import type { World } from '../world';

/** What was removed as a secret is nowhere any more: not in a row, an operation or a conflict, on no machine. */
export function secretProblems(world: World): readonly string[] {
  const { state } = world.server;
  const removed = [...state.rows.values()]
    .filter(({ coll, data }) => coll === 'intake' && data['state'] === 'purged')
    .map(({ id }) => id);
  const files = world.scans.filter(({ item }) => removed.includes(item)).map(({ file }) => file);
  if (files.length === 0) return [];
  const places: readonly (readonly [string, unknown])[] = [
    ['the rows of the server', [...state.rows.values()].map(({ data }) => data)],
    ['the operations of the server', [...state.operations.values()]],
    ...world.reachable.flatMap(({ device, disk }) => [
      [`the rows of ${device}`, [...rowsOf(disk, 'intake').values()] as unknown as IntakeItem[]] as const,
      [`the outbox of ${device}`, [...disk.outbox.values()]] as const,
      [`the journal of ${device}`, [...disk.journal.values()]] as const,
    ]),
  ];
  return places.flatMap(([place, content]) => {
    const text = JSON.stringify(content);
    return files
      .filter((file) => text.includes(file))
      .map((file) => `a removed secret (${file}) is still in ${place}`);
  });
}
