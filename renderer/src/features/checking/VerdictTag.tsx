import type { FileRef } from '@shared/schema/values';
import { useFilePresent } from '../../data';
import { errorText, t } from '../../i18n';
import { type Meaning, StatusTag } from '../../ui';
import { useFileVerdict } from './verdict-store';

const meanings: Readonly<Record<keyof typeof t.checking.badge, Meaning>> = {
  valid: 'good',
  indeterminate: 'warn',
  invalid: 'bad',
  unsigned: 'plain',
  unchecked: 'warn',
  waiting: 'plain',
};

type Properties = {
  readonly file: FileRef;
  /** In a list: only what sets a file apart. Most scans carry no signature, and nothing should flicker. */
  readonly quiet?: boolean;
};

/** What the check of a PDF's signatures in the background says; nothing for other files and for absent ones. */
export function VerdictTag({ file, quiet = false }: Properties) {
  const present = useFilePresent(file.sha256);
  const wanted = present && file.kind === 'pdf';
  const known = useFileVerdict(wanted ? file.sha256 : '');
  if (!wanted) return null;
  const verdict = known?.verdict ?? 'waiting';
  if (quiet && (verdict === 'waiting' || verdict === 'unsigned')) return null;
  const reason = known === undefined || known.reason === '' ? undefined : errorText(known.reason).what;
  return (
    <span title={reason} data-verdict={verdict}>
      <StatusTag meaning={meanings[verdict]}>{t.checking.badge[verdict]}</StatusTag>
    </span>
  );
}
