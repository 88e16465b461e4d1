import { describe, expect, test } from 'vitest';
import { contractObjects, type RawObjects } from '../../../integration/signing/attack-files';
import { annotated, compareUpdate, fielded, withMore } from './compare';

const place = contractObjects[10] ?? '';
const placeless = place.replace('/Rect[72 100 272 160]', '');
const signature = '<</Type/Sig/Filter/Adobe.PPKLite>>';

describe('a signature field that waits for its signature', () => {
  test.each<[string, RawObjects, string, string]>([
    ['may get a place that it lacked', { 10: placeless }, place, 'signature field place /Rect set'],
    [
      'may get its number in the structure',
      {},
      place.replace('<<', '<</StructParent 3'),
      'signature field place /StructParent set',
    ],
  ])('%s', async (_what, own, after, said) => {
    const { level, what } = await compareUpdate(own, { objects: { 10: after } });
    expect(level).toBe('signatures');
    expect(what).toContain(said);
  });

  test.each<[string, RawObjects, string, string]>([
    ['is not moved', {}, place.replace('/Rect[72 ', '/Rect[73 '), 'signature field place /Rect changed'],
    [
      'gets nothing else with its place',
      { 10: placeless },
      place.replace('<<', '<</DV(x)'),
      'signature field place /DV changed',
    ],
    ['gets no other entry either', {}, place.replace('<<', '<</DV(x)'), 'signature field place /DV changed'],
    [
      'keeps its number in the structure',
      withMore(10, '/StructParent 3'),
      place.replace('<<', '<</StructParent 4'),
      'signature field place /StructParent changed',
    ],
  ])('%s', async (_what, own, after, said) => {
    const { level, what } = await compareUpdate(own, { objects: { 10: after } });
    expect(level).toBe('disallowed');
    expect(what).toContain(said);
  });

  test('is not signed where an earlier signature locks it, and may be prepared further', async () => {
    const signed = { objects: { 10: place.replace('<<', '<</V 970 0 R'), 970: signature } };
    const locks = [{ action: 'all-but', names: [] }] as const;
    expect((await compareUpdate({}, signed)).level).toBe('signatures');
    expect((await compareUpdate({}, signed, locks)).what).toContain('locked signature field place signed');
    const prepared = { objects: { 10: place.replace('/F 132', '/F 4') } };
    expect((await compareUpdate({}, prepared, locks)).what).toEqual(['signature field place /F set']);
  });

  test('is told as added when it was hidden and is shown, and not when it was to be seen before', async () => {
    const shown = { objects: { 10: place.replace('/F 132', '/F 4') } };
    const hidden = { 10: place.replace('/F 132', '/F 2') };
    const added = 'signature field place added';
    expect((await compareUpdate(hidden, shown)).what).toContain(added);
    expect((await compareUpdate({}, shown)).what).not.toContain(added);
    const signed = {
      objects: { 10: place.replace('/F 132', '/F 2').replace('<<', '<</V 970 0 R'), 970: signature },
    };
    expect((await compareUpdate(hidden, signed)).what).not.toContain(added);
  });
});

describe('a group of fields', () => {
  const child = '<</FT/Sig/T(later)/Parent 22 0 R>>';
  const grown = (kid: string): string => `<</T(group)/Kids[23 0 R 24 0 R ${kid}]>>`;

  test('may get further fields below it', async () => {
    const { level, what } = await compareUpdate({}, { objects: { 22: grown('970 0 R'), 970: child } });
    expect(level).toBe('signatures');
    expect(what).toContain('fields added below group');
  });

  test.each<[string, RawObjects, RawObjects]>([
    [
      'is no field with widgets: it has no type',
      withMore(22, '/FT/Tx'),
      { 22: `<</FT/Tx${grown('970 0 R').slice(2)}`, 970: child },
    ],
    ['gets no kid that is no object of its own', {}, { 22: grown(child) }],
    ['loses none', {}, { 22: '<</T(group)/Kids[23 0 R 970 0 R]>>', 970: child }],
  ])('%s', async (_what, own, objects) => {
    const { level, what } = await compareUpdate(own, { objects });
    expect(level).toBe('disallowed');
    expect(what).toContain('field group /Kids changed');
  });

  test('is added without a type, with kids, without a value and without a place', async () => {
    const add = (group: string) => compareUpdate({}, { objects: { ...fielded('970 0 R'), 970: group } });
    expect((await add('<</T(new)/Kids[]>>')).what).toContain('field group new added');
    for (const other of [
      '<</FT/Tx/T(new)/Kids[]>>',
      '<</T(new)>>',
      '<</T(new)/Kids[]/Subtype/Widget>>',
      '<</T(new)/Kids[]/V(1)>>',
    ])
      expect((await add(other)).what, other).toContain('field new added');
  });
});

describe('a signature field that is added', () => {
  const add = (field: string, more: RawObjects = {}) =>
    compareUpdate({}, { objects: { ...fielded('970 0 R'), ...annotated('970 0 R'), 970: field, ...more } });
  const field = (entries: string): string =>
    `<</Type/Annot/Subtype/Widget/FT/Sig/T(new)/P 3 0 R/F 132${entries}>>`;

  test.each(['/A<</S/Named/N/Print>>', '/AA<<>>'])('does nothing: %s', async (action) => {
    expect((await add(field(`/Rect[0 0 0 0]${action}`))).what).toContain(
      'signature field new with an action added',
    );
  });

  test('is told once, with its widgets when these are its kids', async () => {
    const added = 'signature field new added';
    expect((await add(field(''))).what).toContain(added);
    const kid = { 971: '<</Type/Annot/Subtype/Widget/Parent 970 0 R/Rect[0 0 0 0]/P 3 0 R/F 132>>' };
    const byKids = await add('<</FT/Sig/T(new)/Kids[971 0 R]>>', { ...kid, ...annotated('971 0 R') });
    expect(byKids.what.filter((what) => what.startsWith(added))).toHaveLength(1);
    const both = await add(field('/Kids[971 0 R]/Rect[300 300 400 400]'), kid);
    expect(both.what.filter((what) => what.startsWith(added)).length).toBeGreaterThan(1);
  });

  test.each([
    ['no height', '/Rect[0 0 100 0.4]', 'lta'],
    ['no width', '/Rect[0 0 0.4 100]', 'lta'],
    ['both', '/Rect[300 300 400 400]', 'signatures'],
  ])(
    'for a timestamp counts as maintenance only where it is not to be seen: %s',
    async (_what, rect, level) => {
      const stamp = { 971: '<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161>>' };
      expect((await add(field(`/V 971 0 R${rect}`), stamp)).level).toBe(level);
    },
  );
});
