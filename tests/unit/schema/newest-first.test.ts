import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { newestFirst } from '@shared/domain/plan';
import { viewSchemas } from '@shared/schema/local';
import { describe, expect, it } from 'vitest';

const renderer = path.resolve(import.meta.dirname, '../../../renderer/src');

describe('newest first by an inverted key (the storage has no descending cursor)', () => {
  it('sorts a later moment before an earlier one, ascending', () => {
    expect(newestFirst('2026-03-02T08:00:00+07:00')).toBeLessThan(newestFirst('2026-03-01T08:00:00+07:00'));
    expect(newestFirst('2026-03-02T08:00:00+07:00')).toBeLessThan(newestFirst('2026-03-02T07:59:59+07:00'));
  });

  it.each(['intake', 'incoming', 'outgoing', 'meetings', 'conflicts'] as const)(
    '%s has the key and an index on it',
    (name) => {
      expect(viewSchemas[name].indexes).toContain('newestFirst');
      expect(viewSchemas[name].required).toContain('newestFirst');
    },
  );

  it('no query of the page asks for a descending order', () => {
    const asking = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .filter((file) => /:\s*['"]desc['"]/.test(readFileSync(path.join(renderer, file), 'utf8')));
    expect(asking).toEqual([]);
  });
});
