import { refusalOf } from '@shared/domain/authority';
import { keepIncomingCopy, keepOutgoingCopy } from '@shared/domain/electronic-copy';
import { minutesRolesOf, raiseMinutes, saveMinutes, signMinutes } from '@shared/domain/meeting';
import { raiseOutgoing, sealOutgoing } from '@shared/domain/outgoing';
import type { Plan, Stored } from '@shared/domain/plan';
import type { Role } from '@shared/schema/people';
import { applyPatch } from '@shared/sync/patch';
import { describe, expect, it } from 'vitest';
import { context, pdf, person } from './sample-rows';

const longer = { ...pdf, sha256: 'b'.repeat(64), size: 2000 };
const rise = { from: pdf.sha256, raised: longer, level: 'B-LTA' } as const;

function outgoing(more: Partial<Stored<'outgoing'>> = {}): Stored<'outgoing'> {
  // Only what these rules read.
  const row = { id: 'vb', unit: 'huyen', rev: 3, state: 'issued', body: pdf, annexes: [], ...more };
  return row as Partial<Stored<'outgoing'>> as Stored<'outgoing'>;
}

function meeting(more: Partial<Stored<'meetings'>> = {}): Stored<'meetings'> {
  const row = { id: 'h', unit: 'huyen', rev: 3, state: 'closed', chair: 'p2', secretary: 'p1', minutes: pdf };
  return { ...row, ...more } as Partial<Stored<'meetings'>> as Stored<'meetings'>;
}

const patchOf = (plan: Plan) => plan.changes[0]?.patch ?? {};
/** What the server says to a plan of somebody with these roles. */
const server = (plan: Plan, row: object, ...roles: readonly Role[]) =>
  refusalOf(plan, person(...roles), 'huyen', () => row as Readonly<Record<string, unknown>>);

describe('bổ sung giá trị lâu dài: tệp mới thay tệp cũ, có dấu vết', () => {
  it('keeps level and moment, and what was done', () => {
    const plan = raiseOutgoing(context('clerk'), outgoing(), rise);
    expect(patchOf(plan)).toMatchObject({
      body: longer,
      signature: { level: 'B-LTA', raisedAt: '2026-03-02T08:00:00+07:00' },
      'history.id1': { what: 'outgoing.raise', detail: 'B-LTA' },
    });
    expect(server(plan, outgoing(), 'clerk')).toBeNull();
    expect(server(plan, outgoing({ state: 'signed' }), 'clerk')).toBe('WRONG_STATE');
    expect(server(plan, outgoing(), 'officer')).toBe('NOT_ALLOWED');
  });
  it('does not put it over a file that changed meanwhile', () => {
    expect(() => raiseOutgoing(context('clerk'), outgoing({ body: longer }), rise)).toThrow('WRONG_STATE');
    expect(() => raiseMinutes(context('chair'), meeting({ minutes: longer }), rise)).toThrow('WRONG_STATE');
  });
});

describe('Điều 25, 26: bản sao điện tử', () => {
  const copy = { form: 'sao-y', file: longer, of: pdf.sha256 } as const;
  it('stands beside the document; its files stay as they are', () => {
    const row = { id: 'vd', unit: 'huyen', rev: 1, files: [pdf] } as unknown as Stored<'incoming'>;
    const plan = keepIncomingCopy(context('clerk'), row, copy);
    expect(applyPatch(row as unknown as Record<string, unknown>, patchOf(plan))).toMatchObject({
      files: [pdf],
      electronicCopies: { id1: { form: 'sao-y', file: longer, of: pdf.sha256, by: 'p1' } },
    });
    expect(server(plan, row, 'clerk')).toBeNull();
    expect(server(plan, row, 'leader')).toBe('NOT_ALLOWED');
  });
  it('is made of a file of this document only', () => {
    const row = { id: 'vd', unit: 'huyen', rev: 1, files: [] } as unknown as Stored<'incoming'>;
    expect(() => keepIncomingCopy(context('clerk'), row, copy)).toThrow('NOT_FOUND');
  });
  it('of an outgoing document only after its issue', () => {
    expect(keepOutgoingCopy(context('clerk'), outgoing(), copy).command).toBe('outgoing.copy');
    expect(() => keepOutgoingCopy(context('clerk'), outgoing({ state: 'sealed' }), copy)).toThrow(
      'WRONG_STATE',
    );
  });
});

describe('mức của tệp là mức thấp nhất trong các chữ ký', () => {
  it.each([
    ['B-B', 'B-T', 'B-B'],
    ['B-T', 'B-B', 'B-B'],
    ['B-T', 'B-T', 'B-T'],
  ] as const)('person %s, organisation %s', (person, organ, level) => {
    const row = outgoing({ state: 'numbered', signature: { level: person, raisedAt: '' } });
    const plan = sealOutgoing(context('clerk'), row, longer, [], organ);
    expect(patchOf(plan)).toMatchObject({ signature: { level, raisedAt: '' } });
  });
});

describe('Mẫu 1.9: thư ký và chủ tọa ký biên bản', () => {
  const signed = { from: pdf.sha256, file: longer, level: 'B-B' } as const;
  it('each in her own office', () => {
    expect(minutesRolesOf(meeting(), 'p1')).toEqual(['secretary']);
    expect(minutesRolesOf(meeting({ chair: 'p1' }), 'p1')).toEqual(['secretary', 'chair']);
    expect(() => signMinutes(context('chair'), meeting(), 'chair', signed)).toThrow('NOT_ALLOWED');
  });
  it('keeps who and when, and the file of both', () => {
    const plan = signMinutes(context('secretary'), meeting(), 'secretary', signed);
    expect(patchOf(plan)).toMatchObject({
      minutes: longer,
      'minutesSigned.secretary': { by: 'p1', at: '2026-03-02T08:00:00+07:00' },
      minutesSignature: { level: 'B-B', raisedAt: '' },
    });
    expect(server(plan, meeting(), 'secretary')).toBeNull();
    expect(server(plan, meeting({ state: 'open' }), 'secretary')).toBe('WRONG_STATE');
  });
  it('once each, and only over the file that stands there', () => {
    const once = { secretary: { by: 'p1', at: '' } };
    const sign = (row: Stored<'meetings'>) => () =>
      signMinutes(context('secretary'), row, 'secretary', signed);
    expect(sign(meeting({ minutesSigned: once }))).toThrow('FIELD_ALREADY_SIGNED');
    expect(sign(meeting({ minutes: longer }))).toThrow('WRONG_STATE');
    expect(sign(meeting({ state: 'open' }))).toThrow('WRONG_STATE');
  });
  it('with the first signature the text is fixed', () => {
    const row = meeting({ minutesSigned: { chair: { by: 'p2', at: '' } } });
    expect(() => saveMinutes(context('secretary'), row, { text: 'khác', file: null })).toThrow('WRONG_STATE');
    expect(saveMinutes(context('secretary'), meeting(), { text: 'khác', file: null }).command).toBe(
      'meeting.minutes',
    );
  });
});
