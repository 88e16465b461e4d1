import type { Row } from './rounds';

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};
const least = (values: readonly number[]): number => Math.min(...values);

const duration = (ms: number): string => {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms >= 100 ? ms.toFixed(0) : ms.toFixed(ms >= 10 ? 1 : 2)} ms`;
};
const times = (ratio: number): string => `${ratio.toFixed(2)}×`;

const titles = ['what', 'ours', '(min)', 'limit', '(min)', 'ratio', '(min)', 'target', '', 'n', 'limit is'];
/** Words stand at the left of their column, figures at the right. */
const wordColumns: ReadonlySet<number> = new Set([0, 8, 10]);

/** Sets the rows as one plain table: medians with the minimum beside them, and ratios of both; notes stand below. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [titles, ...rows.map(cellsOf)];
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const set = (line: readonly string[]): string =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return wordColumns.has(column) ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = lines;
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  const notes = rows.flatMap(({ what, note }) => (note === undefined ? [] : [`* ${what}: ${note}`]));
  return [set(head), rule, ...body.map(set), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

function cellsOf(row: Row): readonly string[] {
  const ratio = median(row.ours) / median(row.limit);
  const leastRatio = least(row.ours) / least(row.limit);
  const amount = row.unit === 'MB' ? (size: number) => `${size.toFixed(1)} MB` : duration;
  return [
    row.note === undefined ? row.what : `${row.what} *`,
    ...[median(row.ours), least(row.ours), median(row.limit), least(row.limit)].map(amount),
    times(ratio),
    times(leastRatio),
    row.target === null ? '-' : `≤ ${row.target}×`,
    verdict(ratio, leastRatio, row.target),
    String(row.ours.length),
    row.against,
  ];
}

/** A busy machine moves medians more than minima, so a row over its target says when the quickest rounds were not. */
function verdict(ratio: number, leastRatio: number, target: number | null): string {
  if (target === null) return '';
  if (ratio <= target) return 'ok';
  return leastRatio <= target ? 'over (min ok)' : 'OVER';
}
