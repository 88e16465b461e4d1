import type { SigningKey } from '@shared/ipc/signing-values';
import { t } from '../../../i18n';

/** How a key is named in a list of choices: its holder and where it is. */
export function keyName({ subject, source }: SigningKey): string {
  return `${subject} · ${sourceName(source)}`;
}

/** Where the private key is, in words. */
export function sourceName(source: SigningKey['source']): string {
  const { file, token } = t.signingActs.keys;
  return source.kind === 'file' ? file : token(source.label);
}
