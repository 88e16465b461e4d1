import { type IncomingRegisterRow, registerCsv } from '@shared/print/index';
import { describe, expect, it } from 'vitest';

const row: IncomingRegisterRow = {
  arrivedOn: '2026-03-05',
  arrivalNumber: 7,
  author: 'LĐLĐ tỉnh An Bình',
  symbol: '12/KH-LĐLĐ',
  documentDate: '',
  subject: 'Kế hoạch',
  receiver: '',
  forwardedOn: '',
  note: '',
};
const lines = (rows: readonly IncomingRegisterRow[]) => registerCsv('incoming', rows).split('\r\n');

describe('CSV của sổ đăng ký', () => {
  it('UTF-8 có BOM, dòng kết thúc CRLF, dòng đầu là tên mười cột', () => {
    const csv = registerCsv('incoming', [row]);
    expect(csv.startsWith('\ufeffNgày đến,Số đến,Tác giả,"Số, ký hiệu văn bản",')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(lines([row])[1]).toBe('05/03/2026,07,LĐLĐ tỉnh An Bình,12/KH-LĐLĐ,,Kế hoạch,,,,');
  });

  it('RFC 4180: dấu phẩy, ngoặc kép và xuống dòng được bọc trong ngoặc kép', () => {
    const cells = registerCsv('incoming', [{ ...row, subject: 'Về "chuyển đổi số", năm\n2026' }]);
    expect(cells).toContain(',"Về ""chuyển đổi số"", năm\n2026",');
  });

  it.each(['=1+1', '+84', '-2', '@cmd', '\t=1+1', '  =HYPERLINK("x")', '\u200b=1', '＝1'])(
    'không để bảng tính chạy công thức: %j',
    (subject) => {
      const line = lines([{ ...row, subject, note: subject }])[1] ?? '';
      const field = line.split(',').at(-1) ?? '';
      expect(field.replace(/^"/u, '').startsWith("'")).toBe(true);
    },
  );
});
