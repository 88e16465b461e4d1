import { deliveryStatuses, outgoingStates } from '@shared/schema/documents';
import { describe, expect, test } from 'vitest';
import { belongsTo, outgoingChips, statesOfChip } from '../../../../renderer/src/features/outgoing/chips';
import { deliveriesOf } from '../../../../renderer/src/features/outgoing/delivery-view';
import { stagesOf, timelineOf } from '../../../../renderer/src/features/outgoing/stages';
import { viOutgoing } from '../../../../renderer/src/i18n/vi-outgoing';
import { outgoingIn, person } from './rows';

const entry = (what: string, at: string, detail = '') => ({ by: 'vt', at, what, detail });
const statusesOf = (document: Parameters<typeof stagesOf>[0]) =>
  stagesOf(document).map(({ status }) => status);

describe('các bước Soạn → Ký → Cấp số → Ký cơ quan → Phát hành', () => {
  test('mỗi trạng thái đứng đúng một bước', () => {
    expect(statusesOf(outgoingIn('draft'))).toEqual(['current', 'waiting', 'waiting', 'waiting', 'waiting']);
    expect(statusesOf(outgoingIn('submitted'))).toEqual(['done', 'current', 'waiting', 'waiting', 'waiting']);
    expect(statusesOf(outgoingIn('waiting-number'))).toEqual([
      'done',
      'done',
      'current',
      'waiting',
      'waiting',
    ]);
    expect(statusesOf(outgoingIn('sealed'))).toEqual(['done', 'done', 'done', 'done', 'current']);
    expect(new Set(statusesOf(outgoingIn('issued')))).toEqual(new Set(['done']));
  });

  test('cấp số chỉ xong khi số đã có trong tệp', () => {
    const history = { a: entry('outgoing.fill-number', '2026-11-21T09:00:00+07:00', 'a'.repeat(64)) };
    expect(statusesOf(outgoingIn('numbered'))[2]).toBe('current');
    expect(statusesOf(outgoingIn('numbered', { history }))[2]).toBe('done');
    expect(statusesOf(outgoingIn('numbered', { history }))[3]).toBe('current');
  });

  test('trình lại sau khi bị trả: bước Soạn ghi lần trình sau cùng', () => {
    const history = {
      z: entry('outgoing.submit', '2026-11-20T09:00:00+07:00'),
      b: entry('outgoing.return', '2026-11-20T10:00:00+07:00', 'Sửa nơi nhận'),
      a: entry('outgoing.submit', '2026-11-21T08:00:00+07:00'),
    };
    expect(stagesOf(outgoingIn('submitted', { history }))[0]?.act?.at).toBe('2026-11-21T08:00:00+07:00');
    expect(timelineOf(history).map(({ id }) => id)).toEqual(['z', 'b', 'a']);
  });
});

describe('thẻ lọc', () => {
  test('mỗi trạng thái thuộc đúng một thẻ trạng thái', () => {
    for (const state of outgoingStates) {
      const found = outgoingChips.filter((chip) => statesOfChip(chip)?.includes(state));
      expect(found, state).toHaveLength(1);
    }
  });

  test('chờ tôi ký chỉ gồm văn bản trình cho chính người đăng nhập', () => {
    expect(belongsTo('to-sign', outgoingIn('submitted'), person('ct', ['leader']))).toBe(true);
    expect(belongsTo('to-sign', outgoingIn('submitted'), person('pct', ['leader']))).toBe(false);
    expect(belongsTo('to-sign', outgoingIn('signed'), person('ct', ['leader']))).toBe(false);
  });

  test('bị trả lại là dự thảo có lý do', () => {
    expect(belongsTo('returned', outgoingIn('draft', { returnReason: 'Sửa' }), null)).toBe(true);
    expect(belongsTo('returned', outgoingIn('draft'), null)).toBe(false);
  });
});

describe('tình trạng ở nơi nhận', () => {
  test('nơi nhận chưa có tin là đang gửi; thứ tự theo Nơi nhận', () => {
    const deliveries = { 'coso-b': { status: '03' as const, at: '2026-11-21T09:00:00+07:00', reason: '' } };
    const document = outgoingIn('issued', { receivers: ['coso-a', 'coso-b'], deliveries });
    expect(deliveriesOf(document).map(({ unit, status }) => [unit, status])).toEqual([
      ['coso-a', 'sending'],
      ['coso-b', '03'],
    ]);
  });

  test('mọi mã trạng thái liên thông có lời', () => {
    for (const status of deliveryStatuses) expect(viOutgoing.deliveries.statuses[status]).not.toBe('');
    expect(viOutgoing.deliveries.statuses['02']).toBe('từ chối');
  });
});
