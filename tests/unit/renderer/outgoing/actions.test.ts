import { refusalOf } from '@shared/domain/authority';
import type { CommandName } from '@shared/domain/command-table';
import { outgoingStates } from '@shared/schema/documents';
import { roles } from '@shared/schema/people';
import { describe, expect, test } from 'vitest';
import {
  actionsFor,
  bookAtHand,
  isFilled,
  missingForSubmit,
  type OutgoingAction,
} from '../../../../renderer/src/features/outgoing/actions';
import { fileRef, outgoingIn, person } from './rows';

const held = { held: true, free: false };
const elsewhere = { held: false, free: false };
const free = { held: false, free: true };
const clerk = person('vt', ['clerk']);
const leader = person('ct', ['leader']);
const officer = person('cv', ['officer']);
const filled = {
  history: {
    h1: { by: 'vt', at: '2026-11-21T09:00:00+07:00', what: 'outgoing.fill-number', detail: 'a'.repeat(64) },
  },
};

describe('việc làm được theo trạng thái và vai trò', () => {
  test('dự thảo có nội dung: trình ký, sửa; không có nội dung: chỉ sửa', () => {
    expect(actionsFor(outgoingIn('draft'), officer, held)).toEqual(['submit', 'edit']);
    expect(actionsFor(outgoingIn('draft', { body: null }), officer, held)).toEqual(['edit']);
  });

  test('chỉ người được trình ký mới ký; văn thư trả lại được', () => {
    expect(actionsFor(outgoingIn('submitted'), leader, held)).toEqual(['sign', 'return']);
    expect(actionsFor(outgoingIn('submitted'), person('pct', ['leader']), held)).toEqual(['return']);
    expect(actionsFor(outgoingIn('submitted'), clerk, held)).toEqual(['return']);
    expect(actionsFor(outgoingIn('submitted'), officer, held)).toEqual([]);
  });

  test('Điều 15: cấp số chỉ ở máy giữ sổ; máy khác chuyển chờ cấp số', () => {
    expect(actionsFor(outgoingIn('signed'), clerk, held)).toEqual(['number']);
    expect(actionsFor(outgoingIn('signed'), clerk, elsewhere)).toEqual(['ask-number']);
    expect(actionsFor(outgoingIn('waiting-number'), clerk, elsewhere)).toEqual([]);
    expect(actionsFor(outgoingIn('waiting-number'), clerk, held)).toEqual(['number']);
  });

  test('sổ chưa ai giữ: nhận giữ sổ trước', () => {
    expect(actionsFor(outgoingIn('signed'), clerk, free)).toEqual(['acquire-book', 'ask-number']);
    expect(actionsFor(outgoingIn('signed'), leader, free)).toEqual([]);
    expect(bookAtHand(null, false)).toEqual(free);
    expect(bookAtHand({ owner: 'may-2' }, false)).toEqual(elsewhere);
  });

  test('đã cấp số mà số chưa có trong tệp: điền số trước khi ký cơ quan', () => {
    expect(actionsFor(outgoingIn('numbered', { number: 35 }), clerk, held)).toEqual(['fill-number']);
    expect(actionsFor(outgoingIn('numbered', { number: 35, ...filled }), clerk, held)).toEqual(['seal']);
  });

  test('tệp khác với tệp đã điền số thì chưa coi là đã điền', () => {
    expect(isFilled(outgoingIn('numbered', filled))).toBe(true);
    expect(isFilled(outgoingIn('numbered', { ...filled, body: fileRef('b') }))).toBe(false);
  });

  test('Điều 18: văn thư phát hành sau khi ký cơ quan; đã phát hành thì hết việc', () => {
    expect(actionsFor(outgoingIn('sealed'), clerk, held)).toEqual(['issue']);
    expect(actionsFor(outgoingIn('sealed'), leader, held)).toEqual([]);
    expect(actionsFor(outgoingIn('issued'), clerk, held)).toEqual([]);
  });

  test('người đơn vị khác, người đã nghỉ và khi chưa đăng nhập: không làm được gì', () => {
    for (const state of outgoingStates) {
      expect(actionsFor(outgoingIn(state), null, held)).toEqual([]);
      expect(actionsFor(outgoingIn(state), person('x', roles, 'coso-a'), held)).toEqual([]);
      expect(actionsFor(outgoingIn(state), { ...person('x', roles), active: false }, held)).toEqual([]);
    }
  });

  test('mọi việc được mời làm đều được miền nghiệp vụ chấp nhận', () => {
    const fieldsOf: Partial<Record<OutgoingAction, string>> = { seal: 'annexes', edit: 'subject' };
    let offered = 0;
    for (const state of outgoingStates) {
      for (const role of roles) {
        for (const book of [held, elsewhere, free]) {
          const who = person('ct', [role]);
          const document = outgoingIn(state, state === 'numbered' ? filled : {});
          for (const action of actionsFor(document, who, book)) {
            if (action === 'acquire-book') continue;
            const change = {
              coll: 'outgoing' as const,
              id: document.id,
              base: 1,
              create: false,
              patch: { [fieldsOf[action] ?? 'history.h9']: '' },
            };
            const command = `outgoing.${action}` as CommandName;
            expect(
              refusalOf({ command, changes: [change] }, who, who.unit, () => document),
              `${role} ${action}`,
            ).toBeNull();
            offered += 1;
          }
        }
      }
    }
    expect(offered).toBeGreaterThan(20);
  });
});

describe('C15: kiểm tra trước khi trình ký', () => {
  test('nêu đủ những gì còn thiếu theo thứ tự của biểu mẫu', () => {
    const empty = outgoingIn('draft', {
      type: '',
      symbol: ' ',
      subject: '',
      signer: '',
      receivers: [],
      body: null,
    });
    expect(missingForSubmit(empty)).toEqual(['type', 'symbol', 'subject', 'signer', 'receivers', 'body']);
  });

  test('nơi nhận ngoài tỉnh cũng là nơi nhận; nội dung phải là PDF', () => {
    expect(missingForSubmit(outgoingIn('draft', { receivers: [], otherReceivers: 'UBND huyện' }))).toEqual(
      [],
    );
    expect(missingForSubmit(outgoingIn('draft', { body: fileRef('b', 'b.docx', 'docx') }))).toEqual(['body']);
  });
});
