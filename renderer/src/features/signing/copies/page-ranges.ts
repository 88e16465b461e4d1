/**
 * Reads `1, 3-5` as pages from 0, in the order and as often as written once each. Null when it is empty, is no list of
 * pages, or names one that is not there.
 */
export function readPageRanges(text: string, count: number): readonly number[] | null {
  const pages = new Set<number>();
  for (const part of text.split(/[,;]/u).map((piece) => piece.trim())) {
    const match = /^(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?$/u.exec(part);
    if (match === null) return null;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (first < 1 || last < first || last > count) return null;
    for (let page = first; page <= last; page += 1) pages.add(page - 1);
  }
  return [...pages];
}
