import { type LocalSchema, ledgerSchemas, viewSchemas } from '@shared/schema/local';
import { collectionNames, rowSchemas } from '@shared/schema/rows';
import { describe, expect, it } from 'vitest';

const all: readonly [string, LocalSchema][] = Object.entries({ ...viewSchemas, ...ledgerSchemas });

describe('local collections stay within what the free storage can do', () => {
  it('are at most 13 (COL23)', () => expect(all.length).toBeLessThanOrEqual(13));

  it.each(all)('%s: every indexed field is required, typed and never null', (_name, schema) => {
    for (const field of schema.indexes.flat()) {
      expect(schema.required).toContain(field);
      const type = schema.properties[field]?.['type'];
      expect(['string', 'number']).toContain(type);
      if (type === 'string') expect(schema.properties[field]?.['maxLength']).toBeGreaterThan(0);
    }
  });

  it.each(all)('%s: no index is nested', (_name, schema) => {
    for (const field of schema.indexes.flat()) expect(field).not.toContain('.');
  });

  it('declares no field that rows got later: a changed schema would lock out existing databases', () => {
    expect(Object.keys(viewSchemas.outgoing.properties)).not.toContain('signature');
    expect(Object.keys(viewSchemas.meetings.properties)).not.toContain('minutesSigned');
    expect(Object.keys(viewSchemas.outgoing.properties)).toContain('deliveries');
    expect(Object.keys(viewSchemas.incoming.properties)).toHaveLength(32);
  });

  it('has a home for every replicated collection', () => {
    const names = all.map(([name]) => name);
    for (const name of collectionNames) expect(names).toContain(name);
  });

  it('indexes no field whose row schema allows null', () => {
    for (const name of collectionNames) {
      const schema: LocalSchema = { ...viewSchemas, ...ledgerSchemas }[name];
      for (const field of schema.indexes.flat()) {
        const shape = rowSchemas[name].shape as Record<
          string,
          { safeParse(value: unknown): { success: boolean } }
        >;
        expect(shape[field]?.safeParse(null).success).toBe(false);
      }
    }
  });
});
