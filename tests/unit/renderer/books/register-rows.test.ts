import { bookId, newBook, nextEntry } from '@shared/domain/numbering';
import { sha256 } from '@shared/node/sha256';
import { registerCsv } from '@shared/print/register-csv';
import type { NumberEntry } from '@shared/schema/books';
import type { Incoming, Outgoing } from '@shared/schema/documents';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  coverOf,
  matchingLines,
  registerFileName,
} from '../../../../renderer/src/features/books/register-data';
import {
  incomingLines,
  outgoingLines,
  type RegisterNames,
} from '../../../../renderer/src/features/books/register-rows';
import { viBooks } from '../../../../renderer/src/i18n/vi-books';

const names: RegisterNames = {
  person: (id) => ({ p1: 'Trần Thị Hoa', p2: 'Lê Văn Bình' })[id] ?? '',
  unit: (id) => ({ u1: 'CĐCS Công ty May Sông Lam' })[id] ?? '',
  words: viBooks.words,
};

async function entriesOf(kind: 'incoming' | 'outgoing', days: readonly string[]): Promise<NumberEntry[]> {
  let book = { ...newBook('ldld-ho', kind, 2026, 'chung'), owner: 'd1', epoch: 1 };
  const entries: NumberEntry[] = [];
  for (const [index, date] of days.entries()) {
    const request = { document: `doc${index + 1}`, date, by: 'p2', at: `${date}T08:00:00+07:00` };
    const { entry, head } = await nextEntry(book, request, 'd1', sha256);
    entries.push(entry);
    book = { ...book, ...head };
  }
  return entries;
}

function incoming(over: Partial<Incoming>): Incoming {
  return {
    id: 'doc1',
    unit: 'ldld-ho',
    newestFirst: 1,
    state: 'assigned',
    bookId: bookId('ldld-ho', 'incoming', 2026, 'chung'),
    arrivalNumber: 1,
    arrivalDate: '2026-11-20',
    number: '35',
    symbol: 'KH-LĐLĐ',
    date: '2026-11-18',
    issuer: 'Liên đoàn Lao động tỉnh',
    type: 'Kế hoạch',
    subject: 'Tổ chức Tháng Công nhân',
    signerName: '',
    signerPosition: '',
    urgency: 'normal',
    pages: 4,
    paperPlace: '',
    dueDate: '',
    note: 'Bản sao',
    duplicateKey: '-',
    files: [],
    exchangeFrom: '',
    exchangeOutgoing: '',
    submittedTo: 'p1',
    assignment: { lead: 'p2', support: [], informed: [], due: '' },
    opinions: {},
    returnReason: '',
    result: '',
    signatures: {},
    history: {
      b: { by: 'p1', at: '2026-11-21T09:00:00+07:00', what: 'incoming.assign', detail: '' },
      a: { by: 'p2', at: '2026-11-20T10:00:00+07:00', what: 'incoming.submit', detail: '' },
    },
    ...over,
  };
}

function outgoing(over: Partial<Outgoing>): Outgoing {
  return {
    id: 'doc1',
    unit: 'ldld-ho',
    newestFirst: 1,
    state: 'issued',
    bookId: bookId('ldld-ho', 'outgoing', 2026, 'chung'),
    number: 1,
    symbol: 'KH-LĐLĐ',
    date: '2026-11-20',
    type: 'Kế hoạch',
    subject: 'Thăm đoàn viên dịp Tết',
    urgency: 'normal',
    drafter: 'p2',
    signer: 'p1',
    capacity: 'TM.',
    replyTo: '',
    receivers: ['u1'],
    otherReceivers: 'Huyện ủy (b/c); Lưu VT',
    copies: 12,
    composition: null,
    body: null,
    annexes: [],
    places: null,
    returnReason: '',
    deliveries: {},
    issuedAt: '2026-11-21T08:30:00+07:00',
    history: {},
    ...over,
  };
}

describe('Phụ lục IV: sổ đăng ký văn bản đến', () => {
  let entries: NumberEntry[] = [];
  beforeAll(async () => {
    entries = await entriesOf('incoming', ['2026-11-20', '2026-11-20', '2026-11-21']);
  });

  it('mười cột lấy từ văn bản và từ số trong sổ; ngày chuyển là lần chuyển đầu tiên', () => {
    const [line] = incomingLines(entries.slice(0, 1), new Map([['doc1', incoming({})]]), names);
    expect(line?.row).toEqual({
      arrivedOn: '2026-11-20',
      arrivalNumber: 1,
      author: 'Liên đoàn Lao động tỉnh',
      symbol: '35/KH-LĐLĐ',
      documentDate: '2026-11-18',
      subject: 'Kế hoạch Tổ chức Tháng Công nhân',
      receiver: 'Lê Văn Bình',
      forwardedOn: '2026-11-20',
      note: 'Bản sao',
    });
  });

  it('số khuyết thành một dòng có ghi chú, mang đúng số, không bị bỏ qua', () => {
    const lines = incomingLines([entries[0]!, entries[2]!], new Map(), names);
    expect(lines.map(({ n, kind }) => [n, kind])).toEqual([
      [1, 'no-document'],
      [2, 'gap'],
      [3, 'no-document'],
    ]);
    expect(lines[1]?.row).toMatchObject({ arrivalNumber: 2, note: 'Khuyết số' });
  });

  it('số đã hủy vẫn đứng trong sổ với lý do', () => {
    const voided = { ...entries[0]!, status: 'void' as const, reason: 'ghi nhầm' };
    const [line] = incomingLines([voided], new Map([['doc1', incoming({})]]), names);
    expect(line).toMatchObject({ kind: 'void', row: { note: 'Số đã hủy: ghi nhầm' } });
    const refused = { ...voided, reason: 'document-refused:WRONG_STATE' };
    const [told] = incomingLines([refused], new Map([['doc1', incoming({})]]), names);
    expect(told?.row.note).toBe('Số đã hủy: văn bản đã được xử lý khác trên máy khác');
  });

  it('ký hiệu văn bản của Đảng viết số, gạch nối, ký hiệu', () => {
    const [line] = incomingLines(
      entries.slice(0, 1),
      new Map([['doc1', incoming({ number: '06', symbol: 'NQ/TU', type: 'Nghị quyết' })]]),
      names,
    );
    expect(line?.row.symbol).toBe('06-NQ/TU');
  });

  it('công văn không có tên loại trước trích yếu; tên loại không lặp hai lần', () => {
    const subjectOf = (over: Partial<Incoming>) =>
      incomingLines(entries.slice(0, 1), new Map([['doc1', incoming(over)]]), names)[0]?.row.subject;
    expect(subjectOf({ type: 'Công văn', subject: 'V/v báo cáo quý' })).toBe('V/v báo cáo quý');
    expect(subjectOf({ subject: 'Kế hoạch tổ chức hội thi' })).toBe('Kế hoạch tổ chức hội thi');
  });

  it('CSV có đúng mười cột cho mọi dòng, kể cả dòng khuyết', () => {
    const lines = incomingLines([entries[0]!, entries[2]!], new Map([['doc1', incoming({})]]), names);
    const csv = registerCsv(
      'incoming',
      lines.map((line) => line.row),
    );
    const rows = csv.trimEnd().split('\r\n');
    expect(rows).toHaveLength(4);
    for (const row of rows.slice(1)) expect(row.split(',')).toHaveLength(10);
    expect(rows[2]).toContain('02');
  });
});

describe('Phụ lục IV: sổ đăng ký văn bản đi', () => {
  it('mười cột: số hai chữ số, nơi nhận gồm đơn vị trong tỉnh và nơi nhận khác', async () => {
    const [entry] = await entriesOf('outgoing', ['2026-11-20']);
    const [line] = outgoingLines([entry!], new Map([['doc1', outgoing({})]]), names);
    expect(line?.row).toEqual({
      symbol: '01/KH-LĐLĐ',
      documentDate: '2026-11-20',
      subject: 'Kế hoạch Thăm đoàn viên dịp Tết',
      signer: 'Trần Thị Hoa',
      receivers: 'CĐCS Công ty May Sông Lam; Huyện ủy (b/c); Lưu VT',
      copyKeeper: 'Văn thư',
      copies: 12,
      forwardedOn: '2026-11-21',
      note: '',
    });
  });

  it('gửi hàng trăm nơi: ô nơi nhận vẫn vừa bản in và nói còn bao nhiêu nơi', async () => {
    const [entry] = await entriesOf('outgoing', ['2026-11-20']);
    const many = outgoing({ receivers: Array.from({ length: 300 }, () => 'u1'), otherReceivers: '' });
    const receivers = outgoingLines([entry!], new Map([['doc1', many]]), names)[0]?.row.receivers ?? '';
    expect(receivers.length).toBeLessThanOrEqual(2000);
    expect(receivers).toMatch(/và \d+ nơi nhận khác$/u);
  });

  it('chưa phát hành thì chưa có ngày chuyển', async () => {
    const [entry] = await entriesOf('outgoing', ['2026-11-20']);
    const [line] = outgoingLines(
      [entry!],
      new Map([['doc1', outgoing({ issuedAt: '', state: 'numbered' })]]),
      names,
    );
    expect(line?.row.forwardedOn).toBe('');
  });
});

describe('bìa và tệp của sổ', () => {
  const unit = {
    id: 'ldld-ho',
    unit: 'ldld-ho',
    name: 'LĐLĐ huyện Hồ Sơn',
    symbol: 'LĐLĐ',
    level: 'district' as const,
    superior: '',
    place: '',
    collective: '',
    sealMm: 36,
    validFrom: '',
    validTo: '',
  };

  it('bìa nêu từ ngày, đến ngày, từ số, đến số theo các dòng đã có', async () => {
    const entries = await entriesOf('incoming', ['2026-01-05', '2026-03-02']);
    expect(coverOf({ year: 2026 }, [...entries].reverse(), unit, 'LĐLĐ tỉnh', '2026-11-21')).toMatchObject({
      from: '2026-01-05',
      to: '2026-03-02',
      fromNumber: 1,
      toNumber: 2,
    });
  });

  it('sổ chưa có số thì bìa tính từ 01/01 và để trống số', () => {
    expect(coverOf({ year: 2026 }, [], unit, '', '2026-11-21')).toMatchObject({
      from: '2026-01-01',
      to: '2026-11-21',
      fromNumber: null,
      toNumber: null,
    });
  });

  it('tên tệp nêu sổ, năm và ngày in', () => {
    expect(registerFileName('outgoing', 2026, '2026-11-21', 'pdf')).toBe(
      'So-dang-ky-van-ban-di-2026-(2026-11-21).pdf',
    );
  });
});

describe('tìm trong sổ', () => {
  it('không phân biệt dấu và chữ hoa; mọi từ đều phải có', () => {
    const lines = ['Kế hoạch Tháng Công nhân', 'Báo cáo đầu năm'];
    expect(matchingLines(lines, (line) => line, 'cong NHAN ke')).toEqual(['Kế hoạch Tháng Công nhân']);
    expect(matchingLines(lines, (line) => line, 'dau')).toEqual(['Báo cáo đầu năm']);
    expect(matchingLines(lines, (line) => line, '  ')).toBe(lines);
  });
});
