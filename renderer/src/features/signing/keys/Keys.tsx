import { Button } from '@mantine/core';
import type { SigningKey } from '@shared/ipc/signing-values';
import { shortDate } from '@shared/text/time';
import { useState } from 'react';
import { useSession, useWorkplace } from '../../../data';
import { t } from '../../../i18n';
import { importKey, invoke } from '../../../platform/desktop';
import { EmptyState, Facts, Notice, StatusTag, toast, usePersonName, useTask } from '../../../ui';
import { ExpiryNotices, ExpiryTag } from '../ExpiryNotice';
import { expiryOf } from '../expiry';
import { ImportButton } from '../ImportButton';
import { importing } from '../importing';
import { Failures, Part } from '../SigningPart';
import { useSigningKeys } from '../use-keys';
import { sourceName } from './key-name';
import { Tokens } from './Tokens';

/** Chứng thư ký số: what this machine can sign with, from files and USB tokens. */
export function Keys() {
  const { clock } = useWorkplace();
  const { person } = useSession();
  const { items, error, reload } = useSigningKeys();
  const [seeingTokens, setSeeingTokens] = useState(false);
  const task = useTask();
  const words = t.signing.keys;
  const isClerk = person?.roles.includes('clerk') === true;
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
        {isClerk ? (
          <ImportButton
            label={words.importOrgan}
            accept=".p12,.pfx"
            disabled={task.busy}
            onFiles={([file]) => void take('organ', file)}
          />
        ) : (
          <span className="cv-soft">{words.organOnlyClerk}</span>
        )}
        <Button aria-expanded={seeingTokens} onClick={() => setSeeingTokens(!seeingTokens)}>
          {t.signingActs.tokens.open}
        </Button>
        {task.busy ? <span role="status">{words.importing}</span> : null}
      </div>
      <Failures errors={[error, task.error]} />
      {seeingTokens ? <Tokens mayAddOrgan={isClerk} onAdded={reload} /> : null}
      {items?.length === 0 ? <EmptyState title={words.empty} hint={words.emptyHint} /> : null}
      <ul className="cv-key-cards" aria-label={words.list}>
        {(items ?? []).map((key) => (
          <li key={key.id} className="cv-key-card">
            <Key signingKey={key} now={clock()} reload={reload} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

type KeyProperties = {
  readonly signingKey: SigningKey;
  readonly now: number;
  readonly reload: () => Promise<void>;
};

function Key({ signingKey, now, reload }: KeyProperties) {
  const { person, unit } = useSession();
  const nameOf = usePersonName();
  const words = t.signing.keys;
  const more = t.signingActs.keys;
  const mine = signingKey.owner === 'person' && signingKey.holder === person?.id;
  const mayChange =
    mine || (signingKey.owner === 'organ' && person?.roles.includes('clerk') === true && unit !== null);
  const holder = signingKey.owner === 'organ' ? (unit?.name ?? '') : nameOf(signingKey.holder);
  const from = shortDate(signingKey.notBefore.slice(0, 10));
  const until = shortDate(signingKey.notAfter.slice(0, 10));
  return (
    <>
      <h3>{signingKey.subject}</h3>
      <div className="cv-row">
        <ExpiryTag expiry={expiryOf(signingKey.notAfter, now)} />
        {signingKey.preferred ? <StatusTag meaning="plain">{more.preferred}</StatusTag> : null}
      </div>
      <Facts
        facts={[
          [words.owner, words[signingKey.owner]],
          [words.holder, mine ? `${holder} (${words.mine})` : holder],
          [more.source, signingKey.source.kind === 'file' ? more.fileHere : sourceName(signingKey.source)],
          [words.issuer, signingKey.issuer],
          [more.serial, signingKey.serial],
          [more.validity, from === '' ? until : more.period(from, until)],
        ]}
      />
      {mayChange ? <KeyActs signingKey={signingKey} reload={reload} /> : null}
    </>
  );
}

function KeyActs({ signingKey, reload }: Omit<KeyProperties, 'now'>) {
  const task = useTask();
  const [asking, setAsking] = useState(false);
  const words = t.signingActs.keys;
  const { id, subject, preferred } = signingKey;
  const act = (channel: 'signing:prefer-key' | 'signing:remove-key', done: string) =>
    task.run(async () => {
      await invoke(channel, { id });
      await reload();
      toast(done);
    });
  return (
    <>
      {asking ? (
        <Notice tone="warn" title={words.removeAsk(subject)} safe={words.removeSafe}>
          <Button onClick={() => void act('signing:remove-key', words.removed(subject))}>
            {words.remove}
          </Button>
          <Button onClick={() => setAsking(false)}>{t.common.actions.cancel}</Button>
        </Notice>
      ) : (
        <div className="cv-row cv-picture-acts">
          {preferred ? null : (
            <Button
              disabled={task.busy}
              onClick={() => void act('signing:prefer-key', words.nowPreferred(subject))}
            >
              {words.prefer}
            </Button>
          )}
          <Button
            disabled={task.busy}
            aria-label={`${words.remove}: ${subject}`}
            onClick={() => setAsking(true)}
          >
            {words.remove}
          </Button>
        </div>
      )}
      <Failures errors={[task.error]} />
    </>
  );
}
