import type { ReportedChange, ReportedSignature, SignatureReport } from '@shared/ipc/signature-report';
import { shortDate } from '@shared/text/time';
import type { Catalogue } from '../../i18n';
import type { ProblemText } from '../../i18n/vi-signing';
import { type Meaning, momentText, type NoticeTone } from '../../ui';

// Codes of a report in words. The catalogue is a parameter: the screen speaks the chosen language, the printed report Vietnamese.

export type ReportWords = Pick<Catalogue, 'signing' | 'checking'>;
type Verdict = SignatureReport['verdict'];

/** Colour and sign of a verdict; the word always stands beside it. */
export function meaningOf(verdict: Verdict): Meaning {
  return ({ valid: 'good', indeterminate: 'warn', invalid: 'bad', unsigned: 'plain' } as const)[verdict];
}

export function toneOf(verdict: Verdict): NoticeTone {
  return ({ valid: 'good', indeterminate: 'warn', invalid: 'bad', unsigned: 'info' } as const)[verdict];
}

/** What a problem code means and what to do; a code that has no words yet is named as it is. */
export function problemText(code: string, { signing }: ReportWords): ProblemText {
  const { problems, unknownProblem, unknownTodo } = signing.report;
  return lookUp<ProblemText>(problems, code) ?? { what: `${unknownProblem} (${code})`, todo: unknownTodo };
}

export function integrityText({ integrity }: ReportedSignature, { signing }: ReportWords): string {
  return lookUp(signing.report.integrity, integrity) ?? integrity;
}

export function changesText({ changesAfter }: ReportedSignature, { signing }: ReportWords): string {
  return lookUp(signing.report.changes, changesAfter) ?? changesAfter;
}

export function changeText({ level, covers }: ReportedChange, { checking }: ReportWords): string {
  const said = lookUp(checking.changeLevels, level) ?? level;
  return covers ? checking.covering(said) : said;
}

/** How much of the file a signature covers: all of it, or which of its versions. */
export function scopeText(signature: ReportedSignature, { checking }: ReportWords): string {
  if (signature.coverage === 'whole-file') return checking.wholeFile;
  if (signature.coverage === 'none') return checking.noScope;
  return checking.partOfFile(signature.revision, signature.revisions);
}

/** When it was signed: proven by a timestamp, or as the signer's machine claims. */
export function timeText(signature: ReportedSignature, { signing, checking }: ReportWords): string {
  const { timeSource, time, claimedTime } = signature;
  if (timeSource !== 'now') return checking.proven[timeSource](momentText(time));
  const claimed = claimedMoment(claimedTime);
  return claimed === '' ? signing.report.noTime : checking.claimed(claimed);
}

/** A PDF date (`D:20261121091502+07'00'`) as `09:15 21/11/2026`; '' for none. */
function claimedMoment(claimedTime: string): string {
  if (claimedTime === '') return '';
  const parts = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:Z|([+-]\d\d)'?(\d\d)?)?/.exec(claimedTime);
  if (parts === null) return momentText(claimedTime) || claimedTime;
  const [, year, month, day, hour, minute, second = '00', zoneHour = '+00', zoneMinute = '00'] = parts;
  const moment = `${year}-${month}-${day}T${hour}:${minute}:${second}${zoneHour}:${zoneMinute}`;
  return momentText(moment) || claimedTime;
}

/** From the signer to the anchor. */
export function trustText({ pathStatus, path }: ReportedSignature, { checking }: ReportWords): string {
  return pathStatus === 'trusted' ? path.join(' → ') : checking.noTrust;
}

/** One line for each certificate: whether it was revoked, by which data and of when. */
export function revocationLines(
  { revocation }: ReportedSignature,
  { checking }: ReportWords,
): readonly string[] {
  if (revocation.length === 0) return [checking.revocationNone];
  return revocation.map(({ subject, status, source, issuedAt, revokedAt }) => {
    const said = status === 'revoked' ? checking.revoked(momentText(revokedAt)) : checking[status];
    return `${subject}: ${said} (${checking.sources[source](momentText(issuedAt))})`;
  });
}

export function levelText({ level }: ReportedSignature, { checking }: ReportWords): string {
  return lookUp(checking.levels, level) ?? level;
}

export function periodText(
  { notBefore, notAfter }: Pick<ReportedSignature, 'notBefore' | 'notAfter'>,
  { signing }: ReportWords,
): string {
  if (notBefore === '' || notAfter === '') return '';
  return signing.report.period(dayText(notBefore), dayText(notAfter));
}

export function dayText(moment: string): string {
  return shortDate(moment.slice(0, 10)) || moment;
}

/** The gravest things found, once each, as the reason for sending a file back. */
export function reasonText(report: SignatureReport, words: ReportWords): string {
  const bad = report.signatures.filter(({ verdict }) => verdict === 'invalid');
  const codes = [...report.problems, ...bad.flatMap(({ problems }) => problems)];
  const grave = codes.filter((code) => code !== 'REVOCATION_UNKNOWN' && code !== 'CERT_NOT_TRUSTED');
  return [...new Set(grave.map((code) => problemText(code, words).what))].slice(0, 3).join(' ');
}

function lookUp<T>(words: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
