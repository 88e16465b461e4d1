import { commandNames } from '@shared/domain/command-table';
import { incomingStates, outgoingStates } from '@shared/schema/documents';
import { meetingStates } from '@shared/schema/meetings';
import { rowSchemas } from '@shared/schema/rows';
import { urgencies } from '@shared/schema/values';
import type { Operation } from '@shared/sync/operation';
import { describe, expect, it } from 'vitest';
import {
  contentOf,
  fieldName,
  mainChange,
  nameOfRow,
  valueInWords,
} from '../../../../renderer/src/features/sync/operation-words';
import { viSync } from '../../../../renderer/src/i18n/vi-sync';

const nameOf = (id: string) => ({ p1: 'Trần Thị Hoa', u1: 'CĐCS May Sông Lam' })[id] ?? '';
const say = (value: Parameters<typeof valueInWords>[0]) => valueInWords(value, viSync, nameOf);

const register: Operation = {
  op: 'd1:4',
  n: 4,
  command: 'incoming.register',
  actor: 'p1',
  at: '2026-11-21T08:00:00+07:00',
  changes: [
    { coll: 'books', id: 'b', base: 3, create: false, patch: { next: 2, headHash: 'x' } },
    { coll: 'numbers', id: 'b:000001', base: 0, create: true, patch: { n: 1 } },
    {
      coll: 'incoming',
      id: 'doc1',
      base: 0,
      create: true,
      patch: {
        id: 'doc1',
        unit: 'u1',
        subject: 'Tổ chức Tháng Công nhân',
        number: '35',
        symbol: 'KH-LĐLĐ',
        date: '2026-11-18',
        urgency: 'urgent',
        submittedTo: 'p1',
        note: '',
        files: [],
        opinions: {},
        newestFirst: 5,
        duplicateKey: 'k',
        history: { a: { by: 'p1', at: '', what: '', detail: '' } },
      },
    },
  ],
};

describe('việc chờ gửi nói bằng lời của văn thư', () => {
  it('mỗi lệnh đều có tên tiếng Việt', () => {
    for (const command of commandNames) expect(viSync.commands[command], command).toMatch(/\p{L}/u);
    expect(Object.keys(viSync.commands)).toHaveLength(commandNames.length);
  });

  it('việc vào sổ là việc của văn bản, không phải của sổ', () => {
    expect(mainChange(register)?.coll).toBe('incoming');
  });

  it('văn bản gọi bằng số, ký hiệu và trích yếu; cuộc họp bằng tên; tệp bằng tên tệp', () => {
    expect(nameOfRow(register.changes[2]!.patch)).toBe('35/KH-LĐLĐ – Tổ chức Tháng Công nhân');
    expect(nameOfRow({ number: 7, symbol: 'TB-LĐLĐ', subject: 'Lịch trực Tết' })).toBe(
      '07/TB-LĐLĐ – Lịch trực Tết',
    );
    expect(nameOfRow({ number: 0, symbol: 'TB-LĐLĐ', subject: 'Lịch trực Tết' })).toBe('Lịch trực Tết');
    expect(nameOfRow({ title: 'Họp BTV' })).toBe('Họp BTV');
    expect(nameOfRow({ file: { name: 'quet 1.pdf' } })).toBe('quet 1.pdf');
    expect(nameOfRow(null)).toBe('');
  });
});

describe('tên trường và giá trị', () => {
  it('mọi trường của văn bản, cuộc họp và tệp tiếp nhận đều có tên tiếng Việt', () => {
    const machine = new Set(['id', 'unit', 'newestFirst', 'history']);
    for (const coll of ['incoming', 'outgoing', 'meetings', 'intake'] as const) {
      for (const field of Object.keys(rowSchemas[coll].shape)) {
        if (!machine.has(field)) expect(fieldName(field, viSync), `${coll}.${field}`).not.toBe(field);
      }
    }
  });

  it('mọi trạng thái và độ khẩn đều có lời', () => {
    for (const code of [...incomingStates, ...outgoingStates, ...meetingStates, ...urgencies])
      expect(say(code), code).not.toBe(code);
  });

  it('mục của bảng con vẫn gọi theo trường chính', () => {
    expect(fieldName('opinions.op-1', viSync)).toBe('Ý kiến');
  });

  it('ngày, thời điểm, người, đơn vị, trống và có hay không', () => {
    expect(say('2026-11-21')).toBe('21/11/2026');
    expect(say('2026-11-21T01:05:00Z')).toBe('08:05 21/11/2026');
    expect(say('p1')).toBe('Trần Thị Hoa');
    expect(say(['u1', 'p1'])).toBe('CĐCS May Sông Lam; Trần Thị Hoa');
    expect(say('')).toBe('(trống)');
    expect(say([])).toBe('(trống)');
    expect(say(null)).toBe('(trống)');
    expect(say(true)).toBe('Có');
  });

  it('một bút phê đọc được, không lộ mã máy', () => {
    expect(say({ lead: 'p1', support: [], informed: ['u1'], due: '2026-12-01' })).toBe(
      'Chủ trì: Trần Thị Hoa, Phối hợp: (trống), Nhận để biết: CĐCS May Sông Lam, Hạn: 01/12/2026',
    );
    expect(
      say({ sha256: 'a'.repeat(64), name: 'bao cao.pdf', size: 3, mime: '', kind: 'pdf', pages: 2 }),
    ).toBe('bao cao.pdf');
  });

  it('nội dung của việc bị từ chối: đủ các trường đã nhập, không có trường trống hay mã máy', () => {
    expect(contentOf(register, viSync, nameOf).map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'Trích yếu: Tổ chức Tháng Công nhân',
      'Số: 35',
      'Ký hiệu: KH-LĐLĐ',
      'Ngày văn bản: 18/11/2026',
      'Độ khẩn: Khẩn',
      'Trình: Trần Thị Hoa',
    ]);
  });
});
