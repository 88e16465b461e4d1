import { refusalOf } from '@shared/domain/authority';
import { deliver, deliveryStatusOf } from '@shared/domain/exchange';
import { assignIncoming, correctIncoming, registerIncoming } from '@shared/domain/incoming';
import {
  draftOutgoing,
  issueOutgoing,
  numberOutgoing,
  type OutgoingForm,
  signOutgoing,
  submitOutgoing,
} from '@shared/domain/outgoing';
import type { Plan, Stored } from '@shared/domain/plan';
import { secrecyLevels } from '@shared/domain/secrecy';
import { incomingSchema, incomingStates, outgoingSchema } from '@shared/schema/documents';
import type { Unit } from '@shared/schema/people';
import { applyPatch } from '@shared/sync/patch';
import { describe, expect, it } from 'vitest';
import { book, context, form, pdf, person, sha256 } from './sample-rows';

const none = () => null;

/** The row that a plan makes or leaves behind. */
function after<T>(plan: Plan, coll: string, row: object = {}): T {
  const change = plan.changes.find((known) => known.coll === coll);
  if (change === undefined) throw new Error(`no change of ${coll}`);
  return { rev: 1, ...applyPatch(row as Record<string, unknown>, change.patch) } as T;
}

async function registered(): Promise<Stored<'incoming'>> {
  const request = { form, arrivalDate: '2026-03-02', book: book('incoming'), intake: null, arrived: null };
  return after(await registerIncoming(context('clerk'), request, sha256), 'incoming');
}

const draft: OutgoingForm = {
  type: 'Kế hoạch',
  symbol: 'KH-LĐLĐ',
  subject: 'Tháng Công nhân',
  urgency: 'normal',
  signer: 'p1',
  capacity: 'TM.',
  replyTo: '',
  receivers: ['coso-a'],
  otherReceivers: '',
  copies: 5,
  composition: null,
  body: pdf,
  annexes: [],
  places: null,
};
const place = { page: 0, x: 1, y: 1, width: 10, height: 10 };
const places = { numberField: place, dateField: place, personSignature: place, organSignature: place };

async function sealed(): Promise<Stored<'outgoing'>> {
  const leader = context('leader', 'clerk');
  let row = after<Stored<'outgoing'>>(draftOutgoing(leader, draft, 'none'), 'outgoing');
  row = after(submitOutgoing(leader, row), 'outgoing', row);
  row = after(signOutgoing(leader, row, pdf, places, 'B-B'), 'outgoing', row);
  row = after(await numberOutgoing(leader, row, book('outgoing'), '2026-03-02', sha256), 'outgoing', row);
  return { ...row, state: 'sealed' };
}

describe('Điều 22: đăng ký văn bản đến', () => {
  it('writes the document, its number and the head of the book in one operation', async () => {
    const request = { form, arrivalDate: '2026-03-02', book: book('incoming'), intake: null, arrived: null };
    const plan = await registerIncoming(context('clerk'), request, sha256);
    expect(plan.changes.map((change) => change.coll)).toEqual(['books', 'numbers', 'incoming']);
    const row = after<Stored<'incoming'>>(plan, 'incoming');
    expect(row).toMatchObject({ state: 'registered', arrivalNumber: 1, bookId: 'huyen:incoming:2026:chung' });
    expect(incomingSchema.safeParse(plan.changes[2]?.patch).success).toBe(true);
  });

  it.each(secrecyLevels.slice(1))('refuses %s: nothing of a secret document is stored', async (secrecy) => {
    const request = {
      form: { ...form, secrecy },
      arrivalDate: '2026-03-02',
      book: book('incoming'),
      intake: null,
      arrived: null,
    };
    await expect(registerIncoming(context('clerk'), request, sha256)).rejects.toMatchObject({
      code: 'SECRET_DOCUMENT',
    });
    expect(() => draftOutgoing(context('clerk'), draft, secrecy)).toThrow('SECRET_DOCUMENT');
  });
});

describe('sửa thông tin: chỉ ghi điều đã sửa', () => {
  it('a field that was left as it was when the form was opened is not written, so that it takes nothing from a colleague', async () => {
    const opened = { ...(await registered()), rev: 7 };
    const plan = correctIncoming(context('clerk'), opened, { ...form, note: 'đã sửa' });
    const [{ base, patch } = { base: 0, patch: {} }] = plan.changes;
    const fields = Object.keys(patch).filter((path) => !path.startsWith('history.'));
    expect([base, fields]).toEqual([7, ['note']]);
  });
});

describe('Điều 23: một đơn vị, một người chủ trì', () => {
  it('refuses an assignment without anybody in the lead', async () => {
    const row = await registered();
    const nobody = { lead: '', support: ['p2'], informed: [], due: '' };
    expect(() => assignIncoming(context('leader'), row, 'Giao xử lý', nobody)).toThrow('MISSING_FIELD');
  });
});

describe('Điều 13, 15, 32.2: ký, rồi cấp số, rồi ký cơ quan', () => {
  it('refuses a number before the signature and a second number', async () => {
    const leader = context('leader', 'clerk');
    const row = after<Stored<'outgoing'>>(draftOutgoing(leader, draft, 'none'), 'outgoing');
    const plan = await numberOutgoing(leader, row, book('outgoing'), '2026-03-02', sha256);
    const rows = (coll: string) => (coll === 'outgoing' ? row : coll === 'books' ? book('outgoing') : null);
    expect(refusalOf(plan, person('clerk'), 'huyen', rows)).toBe('WRONG_STATE');
    await expect(
      numberOutgoing(leader, await sealed(), book('outgoing'), '2026-03-02', sha256),
    ).rejects.toThrow('WRONG_STATE');
  });

  it('lets only the named signer sign', async () => {
    const leader = context('leader');
    const row = {
      ...after<Stored<'outgoing'>>(draftOutgoing(leader, draft, 'none'), 'outgoing'),
      signer: 'someone-else',
    };
    expect(() => signOutgoing(leader, row, pdf, places, 'B-B')).toThrow('NOT_ALLOWED');
  });

  it('issues only to somebody', async () => {
    expect(() => issueOutgoing(context('clerk'), { rev: 1, ...draftRow() }, [])).toThrow('MISSING_FIELD');
  });
});

function draftRow() {
  const plan = draftOutgoing(context('clerk'), draft, 'none');
  return outgoingSchema.parse(plan.changes[0]?.patch);
}

describe('quyền: kiểm tra như nhau trên máy và trên máy chủ', () => {
  it('refuses a role that may not, a stranger and an inactive person', async () => {
    const request = { form, arrivalDate: '2026-03-02', book: book('incoming'), intake: null, arrived: null };
    const plan = await registerIncoming(context('clerk'), request, sha256);
    const rows = (coll: string) => (coll === 'books' ? book('incoming') : null);
    expect(refusalOf(plan, person('clerk'), 'huyen', rows)).toBeNull();
    expect(refusalOf(plan, person('officer'), 'huyen', rows)).toBe('NOT_ALLOWED');
    expect(refusalOf(plan, person('clerk'), 'tinh', rows)).toBe('FORBIDDEN');
    expect(refusalOf(plan, { ...person('clerk'), active: false }, 'huyen', rows)).toBe('FORBIDDEN');
    expect(refusalOf(plan, null, 'huyen', rows)).toBe('FORBIDDEN');
  });

  it('refuses fields that a command does not own, and rows of another unit', async () => {
    const row = await registered();
    const sneaky = {
      command: 'incoming.start' as const,
      changes: [{ coll: 'incoming' as const, id: row.id, base: 1, create: false, patch: { subject: 'đổi' } }],
    };
    const assigned = { ...row, state: 'assigned' };
    expect(refusalOf(sneaky, person('officer'), 'huyen', () => assigned)).toBe('NOT_ALLOWED');
    const honest = { ...sneaky, changes: [{ ...sneaky.changes[0]!, patch: { state: 'in-progress' } }] };
    expect(refusalOf(honest, person('officer'), 'huyen', () => assigned)).toBeNull();
    expect(refusalOf(honest, person('officer'), 'huyen', () => ({ ...assigned, unit: 'tinh' }))).toBe(
      'FORBIDDEN',
    );
    expect(refusalOf(honest, person('officer'), 'huyen', none)).toBe('NOT_FOUND');
    const moved = { ...honest, changes: [{ ...honest.changes[0]!, patch: { unit: 'tinh' } }] };
    expect(refusalOf(moved, person('officer'), 'huyen', () => assigned)).toBe('FORBIDDEN');
  });
});

describe('Điều 18, 21: văn bản phát hành đến nơi nhận thành văn bản đến', () => {
  const sender: Unit = {
    id: 'huyen',
    unit: 'huyen',
    name: 'LĐLĐ huyện Vĩnh Hòa',
    symbol: 'LĐLĐ',
    level: 'district',
    superior: 'tinh',
    place: 'Vĩnh Hòa',
    collective: 'BAN THƯỜNG VỤ',
    sealMm: 36,
    validFrom: '',
    validTo: '',
  };
  it('carries number, symbol, subject and files, and waits to be received', async () => {
    const row = await sealed();
    const arrived = deliver(
      row,
      sender,
      { name: 'Phạm Quốc Tuấn', position: 'Chủ tịch' },
      'coso-a',
      '2026-03-02T09:00:00+07:00',
    );
    expect(incomingSchema.parse(arrived)).toMatchObject({
      id: `${row.id}:to:coso-a`,
      unit: 'coso-a',
      state: 'arrived',
      number: '01',
      symbol: 'KH-LĐLĐ',
      issuer: sender.name,
      files: [pdf],
    });
  });
  it('has a status for the sender in every state of the receiver', () => {
    const statuses = incomingStates.map((state) => deliveryStatusOf({ state }));
    expect(statuses).toEqual(['01', '03', '03', '05', '05', '06', '02']);
  });
});
