import type { SigningKey } from '@shared/ipc/signing-values';
import { shortDate } from '@shared/text/time';
import { t } from '../../i18n';
import { type Meaning, Notice, StatusTag } from '../../ui';
import { type Expiry, expiringKeys } from './expiry';

/** How long a certificate still lasts, as a tag. */
export function ExpiryTag({ expiry }: { readonly expiry: Expiry }) {
  const { meaning, text } = expiryWords(expiry);
  return <StatusTag meaning={meaning}>{text}</StatusTag>;
}

/** One warning for each certificate that ends within 30 days or has ended; nothing where all is well. */
export function ExpiryNotices({ keys, now }: { readonly keys: readonly SigningKey[]; readonly now: number }) {
  return (
    <>
      {expiringKeys(keys, now).map(({ key, expiry }) => (
        <Notice
          key={key.id}
          tone={expiry.kind === 'soon' && expiry.level === 30 ? 'warn' : 'bad'}
          title={expiryWarning(key.subject, expiry)}
          safe={t.signing.expiry.safe}
          todo={t.signing.expiry.todo}
        />
      ))}
    </>
  );
}

/** The sentence that warns of an expiry; '' where there is nothing to warn of. */
export function expiryWarning(subject: string, expiry: Expiry): string {
  const words = t.signing.expiry;
  switch (expiry.kind) {
    case 'soon':
      return words.warning(subject, expiry.days);
    case 'today':
      return words.warningToday(subject);
    case 'expired':
      return words.warningExpired(subject);
    default:
      return '';
  }
}

function expiryWords(expiry: Expiry): { readonly meaning: Meaning; readonly text: string } {
  const words = t.signing.expiry;
  switch (expiry.kind) {
    case 'unknown':
      return { meaning: 'plain', text: words.unknown };
    case 'expired':
      return { meaning: 'bad', text: words.expired(shortDate(expiry.day)) };
    case 'today':
      return { meaning: 'bad', text: words.today };
    case 'soon':
      return { meaning: expiry.level === 30 ? 'warn' : 'bad', text: words.soon(expiry.days) };
    case 'valid':
      return { meaning: 'good', text: words.valid(shortDate(expiry.day)) };
  }
}
