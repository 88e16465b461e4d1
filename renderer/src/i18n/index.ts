import type { ErrorCode } from '@shared/result/codes';
import { AppError } from '@shared/result/result';
import { errorTextsEn } from '@shared/text/error-texts-en';
import { type ErrorText, errorTexts } from '@shared/text/error-texts-vi';
import { en } from './en';
import type { Texts } from './text-types';
import { vi } from './vi';

export type Language = 'vi' | 'en';
export type Catalogue = Texts<typeof vi>;

const languageKey = 'cong-van.language';

/**
 * The words of the present language. A live binding: read it inside functions (`t.incoming.title`), never keep a value of
 * it in a module constant.
 */
export let t: Catalogue = vi;
let current: Language = 'vi';

/** Takes the language chosen on this machine; Vietnamese where none was. Called once before the first screen. */
export function loadLanguage(): void {
  applyLanguage(localStorage.getItem(languageKey) === 'en' ? 'en' : 'vi');
}

/** Changes the language and remembers it; the caller renders the page anew. */
export function setLanguage(language: Language): void {
  localStorage.setItem(languageKey, language);
  applyLanguage(language);
}

export function language(): Language {
  return current;
}

function applyLanguage(language: Language): void {
  current = language;
  t = language === 'en' ? en : vi;
  document.documentElement.lang = language;
}

/** The three-part message of an error code. */
export function errorText(code: ErrorCode): ErrorText {
  return (current === 'en' ? errorTextsEn : errorTexts)[code];
}

/** The three-part message of whatever was thrown; a defect reads as INTERNAL. */
export function messageOf(error: unknown): ErrorText {
  if (!(error instanceof AppError)) return errorText('INTERNAL');
  const text = errorText(error.code);
  // Which machines are waited for is what has to be done.
  const named = error.code === 'BOOK_AWAITS_MACHINES' && error.detail !== undefined;
  return named ? { ...text, what: `${text.what} ${t.common.notice.awaited(error.detail)}` } : text;
}
