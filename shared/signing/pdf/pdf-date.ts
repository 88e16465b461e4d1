/**
 * The moment that a PDF date names (ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm', all but the year optional), in
 * milliseconds since 1970; null for other text. A date without a zone is taken as universal time.
 */
export function pdfDateTime(text: string): number | null {
  const match = /^D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:Z|([+-])(\d\d)'?(\d\d)?'?)?/.exec(
    text.trim(),
  );
  if (!match) return null;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00'] = match;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const [sign = '+', zoneHour = '00', zoneMinute = '00'] = match.slice(7);
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  return local - (sign === '-' ? -offset : offset);
}
