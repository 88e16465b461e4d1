import type { Stored } from '@shared/domain/plan';
import { describe, expect, test } from 'vitest';
import {
  batchesOf,
  filesToSign,
  largestBatch,
  waitingRows,
} from '../../../../renderer/src/features/signing/batch/batch-rows';
import { fileRef, outgoingIn, person } from '../outgoing/rows';

const leader = person('ct', ['leader']);
const clerk = person('vt', ['clerk']);
const stored = (...parameters: Parameters<typeof outgoingIn>): Stored<'outgoing'> => ({
  ...outgoingIn(...parameters),
  rev: 1,
});
const filled = (more: Partial<Stored<'outgoing'>>) => {
  const body = fileRef('a');
  const history = { h: { by: 'vt', at: '', what: 'outgoing.fill-number', detail: body.sha256 } };
  return stored('numbered', { body, history, ...more });
};

describe('S12: danh sách văn bản chờ ký', () => {
  test('người ký thấy văn bản trình mình, cũ nhất trước', () => {
    const rows = waitingRows(
      [
        stored('submitted', { id: 'moi', newestFirst: 1 }),
        stored('submitted', { id: 'cu', newestFirst: 9 }),
        stored('submitted', { id: 'nguoi-khac', signer: 'pct' }),
        stored('draft', { id: 'du-thao' }),
      ],
      leader,
      [],
    );
    expect(rows.map(({ document, act }) => [document.id, act])).toEqual([
      ['cu', 'sign'],
      ['moi', 'sign'],
    ]);
  });

  test('văn thư thấy văn bản đã cấp số và đã điền số, chưa điền thì không', () => {
    const rows = waitingRows([filled({ id: 'a' }), stored('numbered', { id: 'chua-dien' })], clerk, []);
    expect(rows.map(({ document, act }) => [document.id, act])).toEqual([['a', 'seal']]);
  });

  test('chỉ những văn bản đã chọn', () => {
    const documents = ['a', 'b', 'c'].map((id) => stored('submitted', { id }));
    expect(waitingRows(documents, leader, ['b']).map(({ document }) => document.id)).toEqual(['b']);
  });
});

describe('C08: một lần nhập PIN cho nhiều văn bản', () => {
  test('cơ quan ký cả phụ lục PDF, người ký chỉ ký văn bản', () => {
    const annexes = [fileRef('b'), fileRef('c', 'c.xlsx', 'xlsx')];
    const document = filled({ annexes });
    expect(filesToSign({ document, act: 'seal' }).map(({ sha256 }) => sha256[0])).toEqual(['a', 'b']);
    expect(filesToSign({ document, act: 'sign' }).map(({ sha256 }) => sha256[0])).toEqual(['a']);
  });

  test('mỗi khóa một lần nhập, không quá số tệp mà một lần nhập mở được', () => {
    const sign = { document: stored('submitted'), act: 'sign' } as const;
    const seal = { document: filled({ annexes: [fileRef('b')] }), act: 'seal' } as const;
    const rows = [seal, sign, ...Array.from({ length: 60 }, () => seal)];
    const batches = batchesOf(rows);
    expect(batches.map((batch) => [batch[0]?.act, batch.length])).toEqual([
      ['sign', 1],
      ['seal', 50],
      ['seal', 11],
    ]);
    for (const batch of batches) expect(batch.flatMap(filesToSign).length).toBeLessThanOrEqual(largestBatch);
  });
});
