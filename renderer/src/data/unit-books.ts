import { bookFor } from '@shared/domain/book-series';
import type { Stored } from '@shared/domain/plan';
import { unwrap } from '@shared/result/result';
import type { Book } from '@shared/schema/books';
import type { UnitDevice } from '@shared/sync/protocol';
import { dayInHanoi } from '@shared/text/time';
import { useEffect, useMemo, useState } from 'react';
import { type BookKey, commonSeries, takeFreeBook } from './books';
import { useRows, useSession, useWorkplace } from './hooks';

/** Every book of this unit; null until the first answer. */
export function useUnitBooks(): readonly Stored<'books'>[] | null {
  const { device } = useSession();
  const books = useRows('books');
  return useMemo(() => books?.filter(({ unit }) => unit === device.unit) ?? null, [books, device.unit]);
}

/** The book that numbers documents of a type in a year, and whether this device holds it. */
export type BookAtHand = {
  readonly book: Stored<'books'> | null;
  readonly held: boolean;
  acquire(): Promise<void>;
};

/** {@link BookAtHand} for documents of a type; `year` is this year unless given. */
export function useBookFor(kind: Book['kind'], type: string, year?: number): BookAtHand {
  const { clock } = useWorkplace();
  const { device } = useSession();
  const books = useUnitBooks();
  const wanted = year ?? Number(dayInHanoi(clock()).slice(0, 4));
  const book = bookFor(books ?? [], { unit: device.unit, kind, year: wanted, type });
  const take = useTakeFreeBook();
  return {
    book,
    held: book !== null && book.owner !== '' && book.owner === device.deviceId,
    acquire: () => take(book ?? { kind, year: wanted, series: commonSeries }),
  };
}

/** Takes a book that nobody holds; errors of {@link takeFreeBook}. */
export function useTakeFreeBook(): (key: BookKey) => Promise<void> {
  const { desktop, store } = useWorkplace();
  return ({ kind, year, series }) => takeFreeBook(desktop, store, { kind, year, series });
}

export type KnownDevice = Pick<UnitDevice, 'id' | 'name' | 'status'>;

/** The machines of the unit by id: asked of the server when it can be reached, else as they were known last. */
export function useUnitDevices(): ReadonlyMap<string, KnownDevice> {
  const { desktop } = useWorkplace();
  const [devices, setDevices] = useState<ReadonlyMap<string, KnownDevice>>(new Map());
  useEffect(() => {
    let left = false;
    const ask = async (fresh: boolean): Promise<void> => {
      const answer = await desktop.invoke('books:devices', { fresh });
      if (!left && answer.ok)
        setDevices(new Map(unwrap(answer).devices.map((device) => [device.id, device])));
    };
    void ask(false).then(() => ask(true));
    return () => {
      left = true;
    };
  }, [desktop]);
  return devices;
}
