import { describe, expect, it } from 'vitest';
import { enBooks } from '../../../../renderer/src/i18n/en-books';
import { enMeetings } from '../../../../renderer/src/i18n/en-meetings';
import { enSync } from '../../../../renderer/src/i18n/en-sync';
import { viBooks } from '../../../../renderer/src/i18n/vi-books';
import { viMeetings } from '../../../../renderer/src/i18n/vi-meetings';
import { viSync } from '../../../../renderer/src/i18n/vi-sync';

/** Every leaf of a catalogue with the number of its parameters, e.g. `pack.missing/2`. */
function leaves(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'function') return [`${path}/${value.length}`];
  if (typeof value === 'string') return [`${path}/0`];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
    leaves(inner, `${path}.${key}`),
  );
}

describe('hai ngôn ngữ nói cùng những điều', () => {
  it.each([
    ['cuộc họp', viMeetings, enMeetings],
    ['sổ', viBooks, enBooks],
    ['đồng bộ', viSync, enSync],
  ])('%s: cùng khóa, cùng số tham số', (_, vi, en) => {
    expect([...leaves(en)].sort()).toEqual([...leaves(vi)].sort());
  });
});
