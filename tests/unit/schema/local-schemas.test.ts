import { createHash } from 'node:crypto';
import { type LocalSchema, ledgerSchemas, viewGeneration, viewSchemas } from '@shared/schema/local';
import { type CollectionName, collectionNames, rowSchemas } from '@shared/schema/rows';
import { describe, expect, it } from 'vitest';

const all: readonly [string, LocalSchema][] = Object.entries({ ...viewSchemas, ...ledgerSchemas });

function requiredFields(name: CollectionName): readonly string[] {
  const fields = Object.entries<{ safeParse(value: unknown): { success: boolean } }>(rowSchemas[name].shape);
  return fields.filter(([, field]) => !field.safeParse(undefined).success).map(([field]) => field);
}

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

  // A failure here asks for a new `viewGeneration`; then the rows are pulled again, and the new print belongs below.
  it('have a new generation with every new layout or required field: stored rows are not migrated', () => {
    const shapes = collectionNames.map((name) => [name, requiredFields(name)]);
    const print = createHash('sha256')
      .update(JSON.stringify([viewSchemas, shapes]))
      .digest('hex');
    expect({ generation: viewGeneration, print: print.slice(0, 16) }).toEqual({
      generation: '1-2',
      print: '350eb4f100d41fa5',
    });
  });

  it('the ledger stays as the first version made it: RxDB opens no collection whose schema has changed', () => {
    const { outbox, state } = ledgerSchemas;
    const print = createHash('sha256').update(JSON.stringify({ outbox, state })).digest('hex');
    expect(print.slice(0, 16)).toBe('5282bef3a327f921');
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
