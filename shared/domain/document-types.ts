/** Loại văn bản hành chính và chữ viết tắt: Nghị định 30/2020, Điều 7 và Phụ lục III. Công văn has no abbreviation. */
export const documentTypes = [
  { name: 'Công văn', abbreviation: '' },
  { name: 'Nghị quyết', abbreviation: 'NQ' },
  { name: 'Quyết định', abbreviation: 'QĐ' },
  { name: 'Chỉ thị', abbreviation: 'CT' },
  { name: 'Quy chế', abbreviation: 'QC' },
  { name: 'Quy định', abbreviation: 'QyĐ' },
  { name: 'Thông cáo', abbreviation: 'TC' },
  { name: 'Thông báo', abbreviation: 'TB' },
  { name: 'Hướng dẫn', abbreviation: 'HD' },
  { name: 'Chương trình', abbreviation: 'CTr' },
  { name: 'Kế hoạch', abbreviation: 'KH' },
  { name: 'Phương án', abbreviation: 'PA' },
  { name: 'Đề án', abbreviation: 'ĐA' },
  { name: 'Dự án', abbreviation: 'DA' },
  { name: 'Báo cáo', abbreviation: 'BC' },
  { name: 'Biên bản', abbreviation: 'BB' },
  { name: 'Tờ trình', abbreviation: 'TTr' },
  { name: 'Hợp đồng', abbreviation: 'HĐ' },
  { name: 'Công điện', abbreviation: 'CĐ' },
  { name: 'Bản ghi nhớ', abbreviation: 'BGN' },
  { name: 'Bản thỏa thuận', abbreviation: 'BTT' },
  { name: 'Giấy ủy quyền', abbreviation: 'GUQ' },
  { name: 'Giấy mời', abbreviation: 'GM' },
  { name: 'Giấy giới thiệu', abbreviation: 'GGT' },
  { name: 'Giấy nghỉ phép', abbreviation: 'GNP' },
  { name: 'Phiếu gửi', abbreviation: 'PG' },
  { name: 'Phiếu chuyển', abbreviation: 'PC' },
  { name: 'Phiếu báo', abbreviation: 'PB' },
  { name: 'Thư công', abbreviation: '' },
] as const;

/** Ký hiệu of an administrative document: `KH-LĐLĐ`; for a công văn the issuer and the drafting office: `LĐLĐ-VP`. */
export function defaultSymbol(type: string, issuerSymbol: string, office = 'VP'): string {
  const abbreviation = documentTypes.find((known) => known.name === type)?.abbreviation ?? '';
  return abbreviation === '' ? `${issuerSymbol}-${office}` : `${abbreviation}-${issuerSymbol}`;
}
