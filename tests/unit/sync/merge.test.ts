import { mergeChange } from '@shared/sync/merge';
import type { Change } from '@shared/sync/operation';
import { applyPatch, sameJson, valueAt } from '@shared/sync/patch';
import { describe, expect, it } from 'vitest';

const change = (base: number, patch: Change['patch']): Change => ({
  coll: 'incoming',
  id: 'x',
  base,
  create: false,
  patch,
});
const a = { device: 'A', actor: 'an', at: '2026-11-21T08:00:00+07:00' };
const b = { device: 'B', actor: 'binh', at: '2026-11-21T07:30:00+07:00' };
const start = { data: { subject: 'cũ', note: '', opinions: {} }, stamps: {}, rev: 3 };

describe('two people edit the same row', () => {
  it('keeps both edits when they touched different fields (H2)', () => {
    const first = mergeChange(start, change(3, { subject: 'A đổi' }), a);
    const second = mergeChange(first, change(3, { note: 'B ghi' }), b);
    expect(second.data).toMatchObject({ subject: 'A đổi', note: 'B ghi' });
    expect(second.lost).toEqual([]);
  });

  it('keeps the value that was there and hands over the one that lost when they touched the same field', () => {
    const first = mergeChange(start, change(3, { subject: 'A đổi' }), a);
    const second = mergeChange(first, change(3, { subject: 'B đổi' }), b);
    expect(second.data['subject']).toBe('A đổi');
    expect(second.lost).toEqual([
      {
        path: 'subject',
        kept: 'A đổi',
        lost: 'B đổi',
        keptBy: 'an',
        lostBy: 'binh',
        keptAt: a.at,
        lostAt: b.at,
      },
    ]);
  });

  it('a value from before the server noted times is kept with no time', () => {
    const old = { ...start, stamps: { subject: { rev: 4, device: 'A', actor: 'an' } }, rev: 4 };
    const [lost] = mergeChange(old, change(3, { subject: 'B đổi' }), b).lost;
    expect(lost).toMatchObject({ keptAt: '', lostAt: b.at });
  });

  it('a row is made with one stamp: who has not seen it cannot overwrite what it was made with', () => {
    const made = mergeChange({ data: {}, stamps: {}, rev: 0 }, change(0, { subject: 'A đặt', note: '' }), a);
    expect(Object.values(made.stamps)).toEqual([{ rev: 1, ...a }]);
    const blind = mergeChange(made, change(0, { subject: 'B đặt', pages: 3 }), b);
    expect(blind.lost).toMatchObject([{ path: 'subject', kept: 'A đặt', lost: 'B đặt', keptBy: 'an' }]);
    expect(blind.data).toEqual({ subject: 'A đặt', note: '', pages: 3 });
    expect(mergeChange(made, change(1, { subject: 'B sửa' }), b).lost).toEqual([]);
    const edited = mergeChange(made, change(1, { note: 'A ghi' }), a);
    expect(mergeChange(edited, change(1, { note: 'B ghi' }), b).lost).toMatchObject([{ path: 'note' }]);
  });

  it('sees no conflict with oneself after a lost answer (H3)', () => {
    const first = mergeChange(start, change(3, { subject: 'lần 1' }), a);
    const second = mergeChange(first, change(3, { subject: 'lần 2' }), a);
    expect(second.data['subject']).toBe('lần 2');
    expect(second.lost).toEqual([]);
  });

  it('sees no conflict when the author had seen the other value, or wrote the same', () => {
    const first = mergeChange(start, change(3, { subject: 'A đổi' }), a);
    expect(mergeChange(first, change(first.rev, { subject: 'B sau' }), b).lost).toEqual([]);
    expect(mergeChange(first, change(3, { subject: 'A đổi' }), b).lost).toEqual([]);
  });

  it('merges map fields entry by entry', () => {
    const first = mergeChange(start, change(3, { 'opinions.o1': { text: 'một' } }), a);
    const second = mergeChange(first, change(3, { 'opinions.o2': { text: 'hai' } }), b);
    expect(second.data['opinions']).toEqual({ o1: { text: 'một' }, o2: { text: 'hai' } });
    expect(second.lost).toEqual([]);
  });
});

describe('patches', () => {
  it('can be applied again without changing anything', () => {
    const patch = { subject: 'mới', 'opinions.o1': { text: 'một' } };
    const once = applyPatch(start.data, patch);
    expect(applyPatch(once, patch)).toEqual(once);
    expect(start.data).toEqual({ subject: 'cũ', note: '', opinions: {} });
    expect(valueAt(once, 'opinions.o1')).toEqual({ text: 'một' });
  });
  it('compares JSON by content, not by the order of keys', () => {
    expect(sameJson({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
    expect(sameJson({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
  });
});
