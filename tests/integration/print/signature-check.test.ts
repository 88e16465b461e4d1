import {
  type CheckedSignatureText,
  type SignatureCheckSlip,
  typesetSignatureCheck,
} from '@shared/print/index';
import { describe, expect, it } from 'vitest';
import { flowingText, pageTexts, qpdfComplaints, tinos } from './pdf-tools';

const signature: CheckedSignatureText = {
  title: 'Chữ ký 1/1',
  verdict: 'Hợp lệ',
  issuer: 'Tổ chức chứng thực chuyên dùng công vụ',
  signer: 'Phạm Quốc Tuấn',
  organisation: 'Liên đoàn Lao động huyện Vĩnh Hòa',
  time: '09:15 21/11/2026',
  integrity: 'Nội dung còn nguyên từ lúc ký',
  validity: 'Hợp lệ',
  period: '01/01/2026 – 01/01/2029',
  scope: 'Toàn bộ tệp',
  trust: 'A → B → C',
  revocation: 'Không bị thu hồi',
  changes: 'Không có',
  level: '',
  findings: [{ what: 'Điều tìm thấy.', todo: 'Việc cần làm.' }],
};
const slip: SignatureCheckSlip = {
  superior: 'LIÊN ĐOÀN LAO ĐỘNG\nTỈNH AN BÌNH',
  issuer: 'LIÊN ĐOÀN LAO ĐỘNG\nHUYỆN VĨNH HÒA',
  place: 'Vĩnh Hòa',
  date: '2026-11-21',
  year: 2026,
  fileName: `${'văn bản có tên rất dài '.repeat(8)}.pdf`,
  sha256: '0123456789abcdef'.repeat(4),
  checkedAt: '09:20 21/11/2026',
  checkedBy: 'Lê Thị Thu Hằng, Văn thư',
  verdict: 'Hợp lệ',
  meaning: 'Mọi chữ ký đúng.',
  findings: [],
  signatures: [signature],
};

describe('Phiếu kiểm tra chữ ký số', () => {
  it('says the seven things that TT 15/2025 asks of a report, each with its value, and is a sound PDF', async () => {
    const pdf = await typesetSignatureCheck(slip, tinos);
    const text = flowingText(pdf);
    for (const [field, value] of [
      ['1. Tổ chức chứng thực cấp', signature.issuer],
      ['2. Người ký', signature.signer],
      ['3. Cơ quan, tổ chức quản lý', signature.organisation],
      ['4. Thời gian ký, dấu thời gian', signature.time],
      ['5. Tính toàn vẹn của văn bản', signature.integrity],
      ['6. Hiệu lực của chữ ký tại', signature.validity],
      ['7. Thời hạn hiệu lực của', signature.period],
    ] as const) {
      expect(text).toContain(field);
      expect(text).toContain(value);
    }
    expect(text).toContain('KẾT LUẬN: HỢP LỆ');
    expect(text).toContain('Điều tìm thấy. Cần làm: Việc cần làm.');
    expect(text).toContain('không được ghép vào văn bản đã ký');
    expect(qpdfComplaints(pdf)).toBe('');
  });

  it('names what is not known instead of leaving it out, and goes on over as many pages as it needs', async () => {
    const many = Array.from({ length: 12 }, (_, index) => ({
      ...signature,
      title: `Chữ ký ${index + 1}/12`,
    }));
    const pages = pageTexts(await typesetSignatureCheck({ ...slip, signatures: many }, tinos));
    expect(pages.length).toBeGreaterThan(4);
    expect(pages.join('\n')).toContain('Chữ ký 12/12');
    expect(pages.join('\n')).toContain('Không có');
  });
});
