import { createContext, useContext } from 'react';
import type { Language } from '../i18n';

/** Given by the App, which renders everything anew in the other language. */
export const LanguageSwitch = createContext<(language: Language) => void>(() => undefined);

export function useLanguageSwitch(): (language: Language) => void {
  return useContext(LanguageSwitch);
}
