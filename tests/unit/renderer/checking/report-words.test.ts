import type { ReportedSignature, SignatureReport } from '@shared/ipc/signature-report';
import { describe, expect, it } from 'vitest';
import { printedReport } from '../../../../renderer/src/features/checking/printed-report';
import {
  problemText,
  reasonText,
  revocationLines,
  scopeText,
  timeText,
  trustText,
} from '../../../../renderer/src/features/checking/report-words';
import { vi } from '../../../../renderer/src/i18n/vi';

const signature: ReportedSignature = {
  field: 'chu ky',
  type: 'signature',
  subFilter: 'ETSI.CAdES.detached',
  verdict: 'valid',
  integrity: 'ok',
  coverage: 'whole-file',
  revision: 1,
  revisions: 1,
  changesAfter: 'none',
  changes: [],
  docMdp: null,
  level: 'B-B',
  signerName: 'Nguyễn Văn Lập',
  signerOrganisation: 'Liên đoàn Lao động tỉnh An Bình',
  serial: '01',
  issuer: 'Tổ chức chứng thực',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2029-01-01T00:00:00.000Z',
  claimedTime: "D:20261121091502+07'00'",
  timeSource: 'now',
  time: '2026-11-21T05:00:00.000Z',
  pathStatus: 'trusted',
  pathCode: 'OK',
  path: ['Nguyễn Văn Lập', 'Cấp dưới', 'Gốc'],
  revocation: [],
  problems: [],
};
const report = (
  signatures: readonly ReportedSignature[],
  problems: readonly string[] = [],
): SignatureReport => ({
  verdict: 'invalid',
  checkedAt: '2026-11-21T05:00:00.000Z',
  file: { sha256: 'a'.repeat(64), size: 10, name: 'a.pdf' },
  signatures: [...signatures],
  problems: [...problems],
});

describe('the signing time', () => {
  it('that only the signer claims is said to be a claim', () => {
    expect(timeText(signature, vi)).toBe('09:15 21/11/2026, theo máy người ký, chưa được chứng minh');
  });

  it('that a timestamp proves is said to be proven, and the claim is not shown instead', () => {
    const stamped = {
      ...signature,
      timeSource: 'signature-timestamp',
      time: '2026-11-21T02:20:00.000Z',
    } as const;
    expect(timeText(stamped, vi)).toBe('09:20 21/11/2026, có dấu thời gian chứng minh');
  });

  it('is missing where the signature says none, and shown as it stands where it cannot be read', () => {
    expect(timeText({ ...signature, claimedTime: '' }, vi)).toBe('không ghi');
    expect(timeText({ ...signature, claimedTime: 'hôm qua' }, vi)).toContain('hôm qua');
  });
});

describe('what is signed, trusted and revoked', () => {
  it('a part of the file is named as such, with its version', () => {
    expect(scopeText(signature, vi)).toBe('Toàn bộ tệp');
    const first = { ...signature, coverage: 'earlier-revision', revision: 1, revisions: 2 };
    expect(scopeText(first, vi)).toBe('Một phần: phiên bản 1/2 của tệp');
  });

  it('a path is shown up to the anchor only when it leads to one', () => {
    expect(trustText(signature, vi)).toBe('Nguyễn Văn Lập → Cấp dưới → Gốc');
    expect(trustText({ ...signature, pathStatus: 'untrusted' }, vi)).toBe(
      'Chưa dẫn tới tổ chức chứng thực tin cậy',
    );
  });

  it('revocation names the data and its date; without any it says so', () => {
    expect(revocationLines(signature, vi)).toEqual(['Chưa có dữ liệu để kiểm tra']);
    const issuedAt = '2026-11-20T01:00:00.000Z';
    const entry = { subject: 'A', status: 'good', source: 'crl', issuedAt, revokedAt: '' } as const;
    const revoked = {
      ...entry,
      status: 'revoked',
      source: 'ocsp',
      revokedAt: '2026-10-01T01:00:00.000Z',
    } as const;
    expect(revocationLines({ ...signature, revocation: [entry, revoked] }, vi)).toEqual([
      'A: Không bị thu hồi (danh sách thu hồi ngày 08:00 20/11/2026)',
      'A: Đã bị thu hồi lúc 08:00 01/10/2026 (trả lời trực tuyến lúc 08:00 20/11/2026)',
    ]);
  });
});

describe('why a file is sent back', () => {
  it('names the faults of the invalid signatures once, and not that this machine lacks an anchor', () => {
    const bad = {
      ...signature,
      verdict: 'invalid',
      problems: ['DIGEST_MISMATCH', 'CERT_NOT_TRUSTED', 'REVOCATION_UNKNOWN'],
    } as const;
    expect(
      reasonText(
        report([
          { ...bad, problems: [...bad.problems] },
          { ...bad, problems: [...bad.problems] },
        ]),
        vi,
      ),
    ).toBe('Văn bản đã bị thay đổi sau khi ký.');
    expect(reasonText(report([], ['DAMAGED_SIGNED_FILE']), vi)).toBe('Tệp PDF đã ký bị hỏng.');
  });

  it('a code that has no words yet is shown and never hidden', () => {
    expect(problemText('NEW_CODE', vi).what).toContain('NEW_CODE');
  });
});

it('the printed report has a value for each of the seven fields of the circular', () => {
  const [printed] = printedReport(report([signature]), {
    unit: { name: 'LĐLĐ huyện', place: 'Vĩnh Hòa' } as never,
    superior: 'LĐLĐ tỉnh',
    person: { name: 'Lê Thị Thu Hằng', position: 'Văn thư' } as never,
    now: '2026-11-21T12:00:00+07:00',
  }).signatures;
  expect(printed).toMatchObject({
    issuer: 'Tổ chức chứng thực',
    signer: 'Nguyễn Văn Lập',
    organisation: 'Liên đoàn Lao động tỉnh An Bình',
    time: '09:15 21/11/2026, theo máy người ký, chưa được chứng minh',
    integrity: 'Nội dung còn nguyên từ lúc ký',
    validity: 'Hợp lệ',
    period: '01/01/2026 – 01/01/2029',
  });
});
