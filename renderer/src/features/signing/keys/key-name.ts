import type { SigningKey } from '@shared/ipc/signing-values';
import { shortDate } from '@shared/text/time';
import { t } from '../../../i18n';

/** How a key is named in a list of choices: holder, where it is, until when. */
export function keyName({ subject, source, notAfter }: SigningKey): string {
  return t.signingActs.keys.choice(subject, sourceName(source), shortDate(notAfter.slice(0, 10)));
}

/** Where the private key is, in words. */
export function sourceName(source: SigningKey['source']): string {
  const { file, token } = t.signingActs.keys;
  return source.kind === 'file' ? file : token(source.label);
}
