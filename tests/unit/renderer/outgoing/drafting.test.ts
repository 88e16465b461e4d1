import { printJobSchema } from '@shared/ipc/print-jobs';
import { AppError } from '@shared/result/result';
import { outgoingSchema } from '@shared/schema/documents';
import { describe, expect, test } from 'vitest';
import { authorityLines, usualCapacity } from '../../../../renderer/src/features/outgoing/authority-lines';
import {
  draftOf,
  emptyDraft,
  formOf,
  hasText,
  pageOf,
  textKey,
  withSigner,
  withType,
} from '../../../../renderer/src/features/outgoing/draft-values';
import {
  draftFileName,
  officialDocument,
  splitList,
} from '../../../../renderer/src/features/outgoing/official-document';
import { fileRef, outgoingIn, person, unit } from './rows';

describe('Phụ lục I, II.7: quyền hạn của người ký', () => {
  const lines = (capacity: string, position: string) => authorityLines(capacity, unit, { position });

  test('TM. thay mặt tập thể', () => {
    expect(lines('TM.', 'Chủ tịch')).toEqual(['TM. BAN THƯỜNG VỤ', 'CHỦ TỊCH']);
  });
  test('KT. trước chức vụ của người đứng đầu', () => {
    expect(lines('KT.', 'Phó Chủ tịch')).toEqual(['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH']);
    expect(lines('KT.', 'Phó Chủ nhiệm')).toEqual(['KT. CHỦ NHIỆM', 'PHÓ CHỦ NHIỆM']);
  });
  test('TL., TUQ. theo tập thể; đơn vị không có tập thể thì theo người đứng đầu', () => {
    expect(lines('TL.', 'Chánh Văn phòng')).toEqual(['TL. BAN THƯỜNG VỤ', 'CHÁNH VĂN PHÒNG']);
    expect(authorityLines('TUQ.', { collective: '' }, { position: 'Trưởng ban' })).toEqual([
      'TUQ. CHỦ TỊCH',
      'TRƯỞNG BAN',
    ]);
  });
  test('Q. liền trước chức vụ', () => {
    expect(lines('Q.', 'Quyền Chủ tịch')).toEqual(['Q. CHỦ TỊCH']);
    expect(lines('', 'Chủ tịch')).toEqual(['CHỦ TỊCH']);
  });
  test('quyền ký thường dùng theo chức vụ', () => {
    expect(usualCapacity({ position: 'Chủ tịch' })).toBe('TM.');
    expect(usualCapacity({ position: 'Phó Chủ tịch' })).toBe('KT.');
    expect(usualCapacity({ position: 'Quyền Chủ tịch' })).toBe('Q.');
    expect(usualCapacity({ position: 'Chánh Văn phòng' })).toBe('TL.');
  });
});

describe('biểu mẫu soạn văn bản', () => {
  test('ký hiệu theo loại cho tới khi gõ tay', () => {
    const first = emptyDraft(unit);
    expect(first.symbol).toBe('LĐLĐ-VP');
    const plan = withType(first, 'Kế hoạch', unit);
    expect(plan.symbol).toBe('KH-LĐLĐ');
    expect(withType({ ...plan, symbol: 'KH-UBKT', ownSymbol: true }, 'Báo cáo', unit).symbol).toBe('KH-UBKT');
  });

  test('chọn người ký thì có quyền ký; bỏ người ký thì bỏ quyền ký', () => {
    const signed = withSigner(emptyDraft(unit), person('ct', ['leader']));
    expect([signed.signer, signed.capacity]).toEqual(['ct', 'TM.']);
    expect(withSigner(signed, null).capacity).toBe('');
  });

  test('dự thảo đã lưu mở ra rồi ghi lại không đổi gì', () => {
    const composition = {
      addressee: 'Công đoàn cơ sở',
      bases: ['Căn cứ A'],
      paragraphs: ['Đoạn 1', 'Đoạn 2'],
    };
    const places = null;
    for (const document of [
      outgoingIn('draft'),
      outgoingIn('draft', { body: null }),
      outgoingIn('draft', { composition, places }),
    ]) {
      const stored = outgoingSchema.parse(document);
      expect(stored).toMatchObject(formOf(draftOf(document)));
    }
  });

  test('trang đã lập không lập lại khi chữ chưa đổi, và cũ ngay khi đổi một chữ', () => {
    const composition = { addressee: '', bases: [], paragraphs: ['Đoạn 1'] };
    const values = draftOf(outgoingIn('draft', { composition }));
    expect(values.made?.key).toBe(textKey(values));
    expect(textKey({ ...values, paragraphs: 'Đoạn 1.' })).not.toBe(values.made?.key);
    expect(textKey({ ...values, copies: '9' })).toBe(values.made?.key);
  });

  test('soạn tại đây mà chưa có chữ nào thì chưa có nội dung', () => {
    const values = { ...emptyDraft(unit), bodyKind: 'composed' as const, subject: 'Thử' };
    expect(hasText(values)).toBe(false);
    expect(formOf(values).body).toBeNull();
    expect(pageOf({ ...values, bodyKind: 'attached', attached: fileRef('c') })?.sha256).toBe('c'.repeat(64));
  });

  test('đoạn dài quá mức của bản ghi là INVALID_INPUT, không bị cắt', () => {
    const values = { ...emptyDraft(unit), bodyKind: 'composed' as const, paragraphs: 'a'.repeat(8001) };
    expect(() => formOf(values)).toThrow(AppError);
  });
});

describe('văn bản soạn tại đây', () => {
  const parts = {
    form: {
      type: 'Quyết định',
      symbol: 'QĐ-LĐLĐ',
      subject: 'Thành lập Ban Tổ chức',
      urgency: 'normal' as const,
      capacity: 'TM.',
      otherReceivers: 'Huyện ủy (b/c);\nCông đoàn cơ sở A',
    },
    composition: {
      addressee: 'Công đoàn cơ sở A; Công đoàn cơ sở B',
      bases: ['Căn cứ Điều lệ'],
      paragraphs: ['I. MỤC ĐÍCH', 'Điều 1. Thành lập Ban Tổ chức.', 'Các đơn vị thực hiện.'],
    },
    unit,
    superior: 'Liên đoàn Lao động tỉnh',
    signer: { name: 'Nguyễn Văn An', position: 'Chủ tịch' },
    receivers: ['Công đoàn cơ sở A', 'Công đoàn cơ sở C'],
    year: 2026,
  };
  const data = officialDocument(parts);

  test('đúng hình dạng mà máy lập trang nhận', () => {
    expect(printJobSchema.safeParse({ kind: 'document', data }).success).toBe(true);
  });
  test('số và ngày để trống cho tới khi được cấp', () => {
    expect([data.number, data.date]).toEqual([null, null]);
  });
  test('quyết định có thẩm quyền và lời ban hành; công văn không có tên loại', () => {
    expect(data.typeName).toBe('QUYẾT ĐỊNH');
    expect(data.enacting).toBe('QUYẾT ĐỊNH:');
    expect(data.authority).toBe('BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG HUYỆN YÊN LẠC');
    const letter = officialDocument({ ...parts, form: { ...parts.form, type: 'Công văn' } });
    expect(letter.typeName).toBe('');
    expect('enacting' in letter).toBe(false);
  });
  test('mỗi dòng thành mục lớn, điều hoặc đoạn', () => {
    expect(data.body.map(({ kind }) => kind)).toEqual(['heading', 'article', 'paragraph']);
  });
  test('nơi đã Kính gửi không lặp ở Nơi nhận; (b/c) là dấu của nơi nhận', () => {
    expect(data.addressees).toEqual(['Công đoàn cơ sở A', 'Công đoàn cơ sở B']);
    expect(data.receivers).toEqual([{ name: 'Công đoàn cơ sở C' }, { name: 'Huyện ủy', tag: 'b/c' }]);
  });
  test('danh sách gõ tự do bỏ gạch đầu dòng và dấu cuối', () => {
    expect(splitList('- UBND huyện;\n  - Huyện ủy.\n;')).toEqual(['UBND huyện', 'Huyện ủy']);
  });
  test('tên tệp không có ký tự mà hệ điều hành từ chối', () => {
    expect(draftFileName('Kế hoạch', 'V/v: “A/B”\\C?')).toBe('Kế hoạch V v “A B” C.pdf');
    expect(draftFileName('Kế hoạch', 'ộ'.repeat(400)).length).toBeLessThanOrEqual(255);
  });
});
