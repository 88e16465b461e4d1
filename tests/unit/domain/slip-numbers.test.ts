import {
  issuedText,
  readIssuedNumber,
  readNumberRequest,
  requestText,
  signedSlip,
} from '@shared/domain/number-slips';
import type { Stored } from '@shared/domain/plan';
import { numberBySlip, takeNumber } from '@shared/domain/slip-numbers';
import { describe, expect, it } from 'vitest';
import { proofOf } from './book-writer';
import { book, context, sha256 } from './sample-rows';

const clerk = context('clerk');
const document = {
  id: 'doc-1',
  rev: 0,
  unit: 'huyen',
  type: 'Thông báo',
  symbol: 'TB-LĐLĐ',
  subject: 'Nghỉ lễ | 100 %\nnăm 2026',
  number: 0,
  state: 'waiting-number',
} as unknown as Stored<'outgoing'>;
const genuine = async (slip: { readonly device: string; readonly text: string; readonly proof: string }) =>
  slip.proof === (await proofOf(slip.text, slip.device));
const tools = { genuine, sha256 };

async function request(by = 'D2', signer = by): Promise<string> {
  const text = requestText(document, by, clerk.now);
  return signedSlip(text, await proofOf(text, signer));
}

async function answer() {
  const slip = readNumberRequest(await request());
  const { plan, entry } = await numberBySlip(clerk, book('outgoing'), slip, '2026-03-02', tools);
  const text = issuedText(entry, 'D1');
  return { plan, entry, text, slip: signedSlip(text, await proofOf(text, 'D1')) };
}

describe('cấp số bằng phiếu khi máy chủ ở ngoài tầm với', () => {
  it('a request says what the document is, whatever stands in its subject, and survives being copied', async () => {
    expect(readNumberRequest(`\n ${await request()} \n`)).toMatchObject({
      document: 'doc-1',
      unit: 'huyen',
      device: 'D2',
      subject: 'Nghỉ lễ | 100 %\nnăm 2026',
    });
  });

  it('the holder numbers it in the book without having the document', async () => {
    const { plan, entry } = await answer();
    expect(plan.command).toBe('book.number-for');
    expect(plan.changes.map(({ coll }) => coll)).toEqual(['books', 'numbers']);
    expect(entry).toMatchObject({ n: 1, document: 'doc-1', date: '2026-03-02' });
  });

  it('a forged request gets no number', async () => {
    const slip = readNumberRequest(await request('D2', 'D9'));
    await expect(numberBySlip(clerk, book('outgoing'), slip, '2026-03-02', tools)).rejects.toMatchObject({
      code: 'BOOK_TOKEN_INVALID',
    });
  });

  it('the answer puts number and day into the document, and its proof for the server', async () => {
    const { slip } = await answer();
    const plan = await takeNumber(clerk, document, readIssuedNumber(slip), genuine);
    expect(plan.changes[0]?.patch).toMatchObject({
      state: 'numbered',
      number: 1,
      bookId: 'huyen:outgoing:2026:chung',
      date: '2026-03-02',
      numberProof: slip,
    });
  });

  it('an answer for another document, a changed number or a second one is refused', async () => {
    const { slip } = await answer();
    const take = (text: string, more: Partial<Stored<'outgoing'>> = {}) =>
      takeNumber(clerk, { ...document, ...more }, readIssuedNumber(text), genuine);
    await expect(take(slip, { id: 'doc-2' })).rejects.toMatchObject({ code: 'BOOK_TOKEN_INVALID' });
    await expect(take(slip.replace('|1|', '|2|'))).rejects.toMatchObject({ code: 'BOOK_TOKEN_INVALID' });
    await expect(take(slip, { number: 4 })).rejects.toMatchObject({ code: 'WRONG_STATE' });
    expect(() => readIssuedNumber('gì đó')).toThrow(expect.objectContaining({ code: 'BOOK_TOKEN_INVALID' }));
  });
});
