/** A text as it is compared in searches: lower case, without Vietnamese marks, đ as d, single spaces. */
export function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * How well a text answers a query, higher is better, 0 for not at all. Every word of the query must begin a word of the
 * text (or stand inside it, for numbers and symbols); a query typed with marks must match with marks.
 */
export function matchScore(text: string, query: string): number {
  const wanted = plainText(query);
  if (wanted === '') return 1;
  const plain = plainText(text);
  if (
    hasMarks(query) &&
    !text.normalize('NFC').toLowerCase().includes(query.normalize('NFC').toLowerCase().trim())
  )
    return 0;
  if (plain.startsWith(wanted)) return 4;
  const words = plain.split(/[\s,.()“”"/-]+/);
  const parts = wanted.split(' ');
  if (parts.every((part) => words.some((word) => word.startsWith(part)))) return 3;
  if (plain.includes(wanted)) return 2;
  return initials(words).includes(wanted.replaceAll(' ', '')) && wanted.length > 1 ? 1 : 0;
}

function hasMarks(text: string): boolean {
  return /\p{M}|[đĐ]/u.test(text.normalize('NFD'));
}

function initials(words: readonly string[]): string {
  return words.map((word) => word.charAt(0)).join('');
}

/** The items that answer the query, best first, otherwise in their own order. */
export function filterByText<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  query: string,
  limit: number,
): readonly T[] {
  return items
    .map((item, order) => ({ item, order, score: matchScore(textOf(item), query) }))
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, limit)
    .map((entry) => entry.item);
}
