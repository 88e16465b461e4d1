import type { SigningSettings } from '@shared/ipc/signing-values';
import { describe, expect, test } from 'vitest';
import { readPageRanges } from '../../../../renderer/src/features/signing/copies/page-ranges';
import {
  filesToRaise,
  pauseAfter,
  wantedLevel,
} from '../../../../renderer/src/features/signing/levels/raising-schedule';
import { outgoingIn, person } from '../outgoing/rows';

const clerk = person('vt', ['clerk']);
const issued = (level: 'B-B' | 'B-T' | 'B-LTA', id: string) => ({
  ...outgoingIn('issued', { id, signature: { level, raisedAt: '' } }),
  rev: 1,
});

describe('C09: bổ sung giá trị lâu dài', () => {
  test('chỉ tệp dưới mức mong muốn, của đơn vị mình, do người được phép', () => {
    const documents = [issued('B-B', 'thap'), issued('B-T', 'vua'), issued('B-LTA', 'du')];
    const ids = (wanted: 'B-B' | 'B-T' | 'B-LTA', by = clerk) =>
      filesToRaise(documents, [], wanted, by).map(({ id }) => id);
    expect(ids('B-LTA')).toEqual(['thap', 'vua']);
    expect(ids('B-T')).toEqual(['thap']);
    expect(ids('B-B')).toEqual([]);
    expect(ids('B-LTA', person('cv', ['officer']))).toEqual([]);
    expect(ids('B-LTA', person('vt', ['clerk'], 'coso-a'))).toEqual([]);
  });

  test('văn bản ký trước khi có mức chữ ký thì để yên', () => {
    const old = { ...outgoingIn('issued'), rev: 1 };
    expect(filesToRaise([old], [], 'B-LTA', clerk)).toEqual([]);
  });

  test('chưa có dịch vụ dấu thời gian thì không có gì để bổ sung', () => {
    const settings: SigningSettings = { tsa: '', level: 'B-LTA', hash: 'sha256', pss: false };
    expect(wantedLevel(settings)).toBe('B-B');
    expect(wantedLevel({ ...settings, tsa: 'http://tsa.example' })).toBe('B-LTA');
    expect(wantedLevel(null)).toBe('B-B');
  });

  test('mỗi lần không được thì chờ lâu hơn, tối đa bốn giờ', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 60].map((tries) => pauseAfter(tries) / 60_000);
    expect(pauses).toEqual([1, 5, 15, 60, 240, 240, 240]);
  });
});

describe('TRÍCH SAO: trang được chọn', () => {
  test.each([
    ['1', [0]],
    ['1, 3-5', [0, 2, 3, 4]],
    ['2;2-3', [1, 2]],
    ['5', [4]],
  ])('%s', (text, pages) => {
    expect(readPageRanges(text, 5)).toEqual(pages);
  });
  test.each(['', '0', '6', '3-2', '1-', 'a', '1,,2', '99999999'])('sai: %s', (text) => {
    expect(readPageRanges(text, 5)).toBeNull();
  });
});
