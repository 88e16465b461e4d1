import { describe, expect, test } from 'vitest';
import {
  changedText,
  contractObjects,
  type RawObjects,
  rawStream,
} from '../../../integration/signing/attack-files';
import { compareUpdate } from './compare';

const plainForm = '<</Fields[9 0 R 10 0 R 22 0 R]/DR 6 0 R>>';
const withDefault = '<</Fields[9 0 R 10 0 R 22 0 R]/DR 6 0 R/DA(/F 12 Tf 0 g)>>';
const amount = contractObjects[9] ?? '';

describe('a default appearance that a form gets later', () => {
  const add = (field: string) => compareUpdate({ 8: plainForm, 9: field }, { objects: { 8: withDefault } });
  const hidden = amount.replace('/AP<</N 11 0 R>>', '');

  test.each([
    ['a text', hidden],
    ['a choice', hidden.replace('/Tx', '/Ch')],
  ])('would make the value of %s visible that nothing drew', async (_what, field) => {
    expect((await add(field)).what).toContain('form default appearance added that a value lacked');
  });

  test.each([
    ['without a value', hidden.replace('/V(100)', '')],
    ['with an appearance', amount],
    ['with a default appearance of its own', hidden.replace('<<', '<</DA(/F 9 Tf)')],
    ['that is a button', hidden.replace('/Tx', '/Btn').replace('/V(100)', '/V/On')],
  ])('shows nothing of a field %s', async (_what, field) => {
    const { level, what } = await add(field);
    expect(level).toBe('lta');
    expect(what).toEqual(['form default appearance added']);
  });
});

describe('resources that a form gets later', () => {
  const form = (fields: string, resources: string): RawObjects => ({
    8: `<</Fields[${fields}]/DA(/G 12 Tf 0 g)/DR<<${resources}>>>>`,
  });
  const grow = (fields: string, own: RawObjects = {}, after = '/Font<</F 5 0 R/G 5 0 R>>') =>
    compareUpdate({ ...form(fields, '/Font<</F 5 0 R>>'), ...own }, { objects: form(fields, after) });
  const gap = 'form resources added that fields already name';

  test('do not fill a gap that a field was drawn with', async () => {
    expect((await grow('9 0 R 10 0 R')).what).toContain(gap);
  });

  test.each([
    ['signatures', '10 0 R', {}],
    ['groups', '10 0 R 970 0 R', { 970: '<</T(empty)/Kids[]>>' }],
  ])('fill none where there are only %s', async (_what, fields, own) => {
    expect(await grow(fields, own)).toMatchObject({ level: 'lta', what: ['form resources added'] });
  });

  test('keep the lists that are no lists of names', async () => {
    const lists = (second: string) => `/Font<</F 5 0 R>>/ProcSet[/PDF ${second}]`;
    const change = (second: string) =>
      compareUpdate(form('10 0 R', lists('/Text')), {
        objects: form('10 0 R', `${lists(second)}/XObject<<>>`),
      });
    expect(await change('/Text')).toMatchObject({ what: ['form resources added'] });
    expect((await change('/ImageB')).what).not.toContain('form resources added');
  });

  test('are what locked fields are drawn with only where there are such', async () => {
    const locks = [{ action: 'all-but', names: [] }] as const;
    const quadding = (fields: string, own: RawObjects = {}) =>
      compareUpdate(
        { ...form(fields, ''), ...own },
        { objects: { 8: changedText(form(fields, '')[8] ?? '', '<<', '<</Q 1') } },
        locks,
      );
    expect((await quadding('9 0 R')).what).toContain('form /Q changed, which locked fields use');
    const group = { 970: '<</T(empty)/Kids[]>>' };
    expect((await quadding('970 0 R', group)).what).toEqual(['form /Q changed, which no field uses']);
  });
});

describe('what belongs to several parts of the document', () => {
  test('an appearance without a role may be exchanged by the field that alone uses it', async () => {
    const own = { 9: amount.replace('/AP<</N 11 0 R>>', '/AP 30 0 R'), 30: '<</N 11 0 R>>' };
    const appearance = rawStream(
      'BT /F 12 Tf 2 5 Td (9) Tj ET',
      '/Type/XObject/Subtype/Form/BBox[0 0 200 20]',
    );
    const objects = { 9: (own[9] ?? '').replace('/AP 30 0 R', '/AP<</N 971 0 R>>'), 971: appearance };
    expect((await compareUpdate(own, { objects })).level).toBe('form-fill');
  });
});
