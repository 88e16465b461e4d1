import type { SignatureReport } from '@shared/ipc/signature-report';
import { t } from '../../i18n';
import type { ProblemText } from '../../i18n/vi-signing';
import { type Meaning, momentText } from '../../ui';

type Verdict = SignatureReport['verdict'];
export type CheckedSignature = SignatureReport['signatures'][number];

/** Colour and sign of a verdict; the word always stands beside it. */
export function meaningOf(verdict: Verdict): Meaning {
  return ({ valid: 'good', indeterminate: 'warn', invalid: 'bad', unsigned: 'plain' } as const)[verdict];
}

/** What a problem code means and what to do; a code that has no words yet is named as it is. */
export function problemText(code: string): ProblemText {
  const { problems, unknownProblem, unknownTodo } = t.signing.report;
  return lookUp<ProblemText>(problems, code) ?? { what: `${unknownProblem} (${code})`, todo: unknownTodo };
}

/** Words for how much of the file a signature covers, whether it is intact, and what came after it. */
export function coverageText({ coverage }: Pick<CheckedSignature, 'coverage'>): string {
  return lookUp(t.signing.report.coverages, coverage) ?? coverage;
}

export function integrityText({ integrity }: Pick<CheckedSignature, 'integrity'>): string {
  return lookUp(t.signing.report.integrity, integrity) ?? integrity;
}

export function changesText({ changesAfter }: Pick<CheckedSignature, 'changesAfter'>): string {
  return lookUp(t.signing.report.changes, changesAfter) ?? changesAfter;
}

/** When the signer claims to have signed: a PDF date (`D:20261121091502+07'00'`) as `09:15 21/11/2026`. */
export function claimedTimeText({ claimedTime }: Pick<CheckedSignature, 'claimedTime'>): string {
  if (claimedTime === '') return t.signing.report.noTime;
  const parts = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:Z|([+-]\d\d)'?(\d\d)?)?/.exec(claimedTime);
  if (parts === null) return momentText(claimedTime) || claimedTime;
  const [, year, month, day, hour, minute, second = '00', zoneHour = '+00', zoneMinute = '00'] = parts;
  const moment = `${year}-${month}-${day}T${hour}:${minute}:${second}${zoneHour}:${zoneMinute}`;
  return momentText(moment) || claimedTime;
}

function lookUp<T>(words: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
