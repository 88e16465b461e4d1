import type { SigningKey } from '@shared/ipc/contract';
import { AppError } from '@shared/result/result';
import { shortDate } from '@shared/text/time';
import { useSession, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { importAnchor, importKey } from '../../platform/desktop';
import { EmptyState, Facts, type Task, toast, usePersonName, useTask } from '../../ui';
import { ExpiryNotices, ExpiryTag } from './ExpiryNotice';
import { expiryOf } from './expiry';
import { ImportButton } from './ImportButton';
import { Pictures } from './Pictures';
import { Failures, Part } from './SigningPart';
import './signing.css';
import { useSigningKeys, useTrustAnchors } from './use-keys';

/** Chữ ký của tôi: the certificates to sign with on this machine, and the authorities it trusts. */
export function SigningScreen() {
  return (
    <div className="cv-signing-page">
      <header>
        <h1>{t.signing.title}</h1>
        <p className="cv-soft">{t.signing.intro}</p>
      </header>
      <Keys />
      <Pictures />
      <Anchors />
    </div>
  );
}

function Keys() {
  const { clock } = useWorkplace();
  const { person } = useSession();
  const { items, error, reload } = useSigningKeys();
  const task = useTask();
  const words = t.signing.keys;
  const take = (owner: SigningKey['owner'], file: File | undefined) =>
    importing(task, async () => {
      if (file === undefined) return;
      const { key } = await importKey(file, owner);
      await reload();
      toast(words.imported(key.subject));
    });
  return (
    <Part title={words.title}>
      {items === null ? null : <ExpiryNotices keys={items} now={clock()} />}
      <div className="cv-row">
        <ImportButton
          label={words.importPerson}
          accept=".p12,.pfx"
          disabled={task.busy}
          onFiles={([file]) => void take('person', file)}
        />
        {person?.roles.includes('clerk') === true ? (
          <ImportButton
            label={words.importOrgan}
            accept=".p12,.pfx"
            disabled={task.busy}
            onFiles={([file]) => void take('organ', file)}
          />
        ) : (
          <span className="cv-soft cv-small">{words.organOnlyClerk}</span>
        )}
        {task.busy ? <span role="status">{words.importing}</span> : null}
      </div>
      <Failures errors={[error, task.error]} />
      {items?.length === 0 ? <EmptyState title={words.empty} hint={words.emptyHint} /> : null}
      <ul className="cv-key-cards" aria-label={words.list}>
        {(items ?? []).map((key) => (
          <li key={key.id} className="cv-key-card">
            <KeyCard signingKey={key} now={clock()} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function KeyCard({ signingKey, now }: { readonly signingKey: SigningKey; readonly now: number }) {
  const nameOf = usePersonName();
  const { person, unit } = useSession();
  const words = t.signing.keys;
  const mine = signingKey.owner === 'person' && signingKey.holder === person?.id;
  const holder = signingKey.owner === 'organ' ? (unit?.name ?? '') : nameOf(signingKey.holder);
  return (
    <>
      <div className="cv-row">
        <h3 className="cv-grow">{signingKey.subject}</h3>
        <ExpiryTag expiry={expiryOf(signingKey.notAfter, now)} />
      </div>
      <Facts
        facts={[
          [words.owner, words[signingKey.owner]],
          [words.holder, mine ? `${holder} (${words.mine})` : holder],
          [words.issuer, signingKey.issuer],
          [words.notAfter, shortDate(signingKey.notAfter.slice(0, 10))],
        ]}
      />
    </>
  );
}

function Anchors() {
  const { items, error, reload } = useTrustAnchors();
  const task = useTask();
  const words = t.signing.anchors;
  const take = (file: File | undefined) =>
    importing(task, async () => {
      if (file === undefined) return;
      const { anchor } = await importAnchor(file);
      await reload();
      toast(words.imported(anchor.subject));
    });
  return (
    <Part title={words.title}>
      <p className="cv-soft">{words.compare}</p>
      <div className="cv-row">
        <ImportButton
          label={words.import}
          accept=".cer,.crt,.pem,.der"
          disabled={task.busy}
          onFiles={([file]) => void take(file)}
        />
      </div>
      <Failures errors={[error, task.error]} />
      {items?.length === 0 ? <EmptyState title={words.empty} hint={words.emptyHint} /> : null}
      <ul className="cv-key-cards" aria-label={words.list}>
        {(items ?? []).map((anchor) => (
          <li key={anchor.fingerprint} className="cv-key-card cv-fingerprint">
            <h3>{anchor.subject}</h3>
            <Facts
              facts={[
                [words.notAfter, shortDate(anchor.notAfter.slice(0, 10))],
                [words.fingerprint, groups(anchor.fingerprint)],
              ]}
            />
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** Runs an import; closing the password window is no failure. */
async function importing(task: Task, work: () => Promise<void>): Promise<void> {
  await task.run(async () => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'CANCELLED')) throw error;
    }
  });
}

/** A fingerprint in pairs, as certificates are compared by eye. */
function groups(fingerprint: string): string {
  return fingerprint
    .replace(/[^0-9a-f]/giu, '')
    .replace(/(..)(?=.)/gu, '$1 ')
    .toUpperCase();
}
