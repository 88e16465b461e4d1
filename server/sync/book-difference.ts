import type { Book } from '@shared/schema/books';
import type { Json } from '@shared/schema/values';
import { sameJson } from '@shared/sync/patch';

/** The fields in which a book differs from how it was stored; all of them for a book that was not. */
export function bookDifference(stored: Book | null, after: Book): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([field, value]) => stored === null || !sameJson(value, stored[field as keyof Book]),
    ),
  ) as Record<string, Json>;
}
