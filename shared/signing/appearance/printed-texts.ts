/** Vietnamese wording that this module prints into documents. */
export const printedTexts = {
  signingPageHeading: 'TRANG KÝ',
  number: 'Số:',
  day: 'ngày',
  month: 'tháng',
  year: 'năm',
  copyForms: { 'sao-y': 'Sao y', 'sao-luc': 'Sao lục', 'trich-sao': 'Trích sao' },
} as const;

/** The parts of a date as a document shows them: days below 10 and months 1 and 2 have a leading 0 (Nghị định 30/2020, Phụ lục I, phần I, mục II.4). */
export type PrintedDate = { readonly day: string; readonly month: string; readonly year: string };

/** Reads an ISO date (YYYY-MM-DD) into its printed parts; null when it is none. */
export function printedDate(isoDate: string): PrintedDate | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(isoDate);
  const [, year = '', month = '', day = ''] = match ?? [];
  const isDate = match && Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  if (!isDate) return null;
  return { day, month: Number(month) <= 2 ? month : String(Number(month)), year };
}

/** "21 tháng 11 năm 2026". */
export function dateAfterDayWord({ day, month, year }: PrintedDate): string {
  return `${day} ${printedTexts.month} ${month} ${printedTexts.year} ${year}`;
}
