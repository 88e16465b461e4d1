import { raiseMinutes } from '@shared/domain/meeting';
import { raiseOutgoing } from '@shared/domain/outgoing';
import type { Rise } from '@shared/domain/rise';
import { AppError } from '@shared/result/result';
import { BehaviorSubject } from 'rxjs';
import type { Workplace } from '../../../data';
import { invoke } from '../../../platform/desktop';
import { pauseAfter, type RaiseItem, type RaiseTry } from './raising-schedule';

/** How raising stands: what runs now, and the tries that did not reach the level, by row. */
export type RaisingState = {
  readonly running: string;
  readonly tries: ReadonlyMap<string, RaiseTry>;
};

/** One queue for the whole program: files are raised one after another, never while another is. */
export const raising = new BehaviorSubject<RaisingState>({ running: '', tries: new Map() });

/** The items whose time has come; those never tried first. */
export function dueItems(items: readonly RaiseItem[], now: number): readonly RaiseItem[] {
  const { tries } = raising.value;
  return items.filter(({ id }) => (tries.get(id)?.nextAt ?? 0) <= now);
}

/** Raises files one after another; a failure waits for its next time and never stops the rest. */
export async function raiseAll(workplace: Workplace, items: readonly RaiseItem[]): Promise<void> {
  if (raising.value.running !== '') return;
  for (const item of items) {
    raising.next({ ...raising.value, running: item.id });
    const failure = await raiseOne(workplace, item);
    const tries = new Map(raising.value.tries);
    if (failure === null) tries.delete(item.id);
    else {
      const count = (tries.get(item.id)?.tries ?? 0) + 1;
      tries.set(item.id, { ...failure, tries: count, nextAt: workplace.clock() + pauseAfter(count) });
    }
    raising.next({ running: '', tries });
  }
}

/** The network came back: everything may be tried again at once. */
export function forgetPauses(): void {
  const tries = [...raising.value.tries].map(([id, last]) => [id, { ...last, nextAt: 0 }] as const);
  raising.next({ ...raising.value, tries: new Map(tries) });
}

async function raiseOne(
  workplace: Workplace,
  item: RaiseItem,
): Promise<Pick<RaiseTry, 'error' | 'missing'> | null> {
  const { sha256, name } = item.file;
  try {
    const { file, level, missing } = await invoke('signing:raise', { sha256, name, level: item.level });
    if (file !== null) await keep(workplace, item, { from: sha256, raised: file, level });
    return missing.length === 0 ? null : { error: null, missing };
  } catch (error) {
    return { error, missing: [] };
  }
}

async function keep(workplace: Workplace, { coll, id }: RaiseItem, rise: Rise): Promise<void> {
  workplace.files.keepLoose([rise.raised]);
  await workplace.run(async (context, read) => {
    if (coll === 'outgoing') {
      const row = await read('outgoing', id);
      if (row === null) throw new AppError('NOT_FOUND', id);
      return raiseOutgoing(context, row, rise);
    }
    const row = await read('meetings', id);
    if (row === null) throw new AppError('NOT_FOUND', id);
    return raiseMinutes(context, row, rise);
  });
  await workplace.files.refresh();
}
