import { language } from '../i18n';

/** `12.300` in Vietnamese, `12,300` in English. */
export function countText(count: number): string {
  return new Intl.NumberFormat(language()).format(count);
}
