import { Button } from '@mantine/core';
import type { SigningKey } from '@shared/ipc/signing-values';
import { AppError } from '@shared/result/result';
import { shortDate } from '@shared/text/time';
import { navigate } from '../../../app/router';
import { useSession, useWorkplace } from '../../../data';
import { t } from '../../../i18n';
import { ChoiceField, ErrorNotice, Notice, Progress, Section, SidePanel } from '../../../ui';
import { ExpiryNotices } from '../ExpiryNotice';
import { keyName } from '../keys/key-name';
import { signingPath } from '../paths';
import type { BatchRow } from './batch-rows';
import type { KeyIds } from './run-batch';
import type { Batch } from './use-batch';

type Properties = {
  readonly batch: Batch;
  readonly active: BatchRow | null;
  readonly keys: readonly SigningKey[];
  readonly chosen: KeyIds;
  readonly onChoose: (keys: KeyIds) => void;
  readonly onSign: () => void;
  readonly onDrop: () => void;
  readonly onLeave: () => void;
};

/** The certificates to sign with, the acts, how far it is, and what became of the document in front. */
export function BatchPanel({ batch, active, keys, chosen, onChoose, onSign, onDrop, onLeave }: Properties) {
  const words = t.signingActs.batch;
  const acts = new Set((batch.ready.length === 0 ? batch.rows : batch.ready).map(({ act }) => act));
  const isDropped = active !== null && batch.dropped.has(active.document.id);
  return (
    <SidePanel title={words.panel}>
      {acts.size === 0 ? null : (
        <Section title={words.certificate}>
          {acts.has('sign') ? (
            <KeyChooser owner="person" keys={keys} chosen={chosen} onChoose={onChoose} />
          ) : null}
          {acts.has('seal') ? (
            <KeyChooser owner="organ" keys={keys} chosen={chosen} onChoose={onChoose} />
          ) : null}
        </Section>
      )}
      <Section title={words.actsTitle}>
        <div className="cv-stack">
          <Button
            variant="filled"
            disabled={batch.busy || batch.ready.length === 0}
            onClick={onSign}
            title="F8"
          >
            {words.signCount(batch.ready.length)}
          </Button>
          <div className="cv-row">
            <Button disabled={batch.busy || active === null} onClick={onDrop} title="Delete">
              {isDropped ? words.takeIn : words.drop}
            </Button>
            <Button disabled={batch.busy} onClick={onLeave}>
              {words.leave}
            </Button>
          </div>
          {batch.busy ? (
            <Progress
              label={words.running}
              done={batch.progress.done}
              total={batch.progress.total}
              onCancel={batch.cancel}
            />
          ) : null}
          {batch.error === null ? null : <Failure error={batch.error} />}
          <Summary batch={batch} />
        </div>
      </Section>
      <Result batch={batch} active={active} />
    </SidePanel>
  );
}

function KeyChooser({
  owner,
  keys,
  chosen,
  onChoose,
}: Pick<Properties, 'keys' | 'chosen' | 'onChoose'> & { readonly owner: SigningKey['owner'] }) {
  const { clock } = useWorkplace();
  const { person, device } = useSession();
  const holder = owner === 'person' ? person?.id : device.unit;
  const own = keys.filter((key) => key.owner === owner && key.holder === holder);
  const used = own.find(({ id }) => id === chosen[owner]) ?? own.find(({ preferred }) => preferred);
  const words = t.signingActs.batch;
  if (used === undefined) {
    return (
      <Notice tone="warn" title={words.noKey[owner]}>
        <Button onClick={() => navigate(signingPath)}>{t.outgoing.needKey.open}</Button>
      </Notice>
    );
  }
  return (
    <>
      <ChoiceField
        label={words.keyOf[owner]}
        value={used.id}
        choices={own.map((key) => ({ value: key.id, label: keyName(key) }))}
        onChange={(id) => onChoose({ ...chosen, [owner]: id })}
      />
      <p className="cv-soft cv-small">{words.keyLine(used.issuer, shortDate(used.notAfter.slice(0, 10)))}</p>
      <ExpiryNotices keys={[used]} now={clock()} />
    </>
  );
}

/** How the batch came out in numbers, once it has ended. */
function Summary({ batch }: { readonly batch: Batch }) {
  const results = [...batch.results.values()];
  if (batch.busy || results.length === 0) return null;
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  const words = t.signingActs.batch;
  const failed = count('failed');
  const left = batch.progress.total - results.length;
  return (
    <Notice tone={failed > 0 ? 'warn' : 'good'} title={words.summary(count('done'), failed, left)}>
      {results.some((result) => result.status === 'done' && result.level === 'B-B') ? (
        <p>{words.withoutTime}</p>
      ) : null}
    </Notice>
  );
}

/** Why the document in front could not be signed. */
function Result({ batch, active }: { readonly batch: Batch; readonly active: BatchRow | null }) {
  const result = active === null ? undefined : batch.results.get(active.document.id);
  if (result?.status !== 'failed') return null;
  return (
    <Section title={t.signingActs.batch.result}>
      <ErrorNotice error={result.error} />
    </Section>
  );
}

function Failure({ error }: { readonly error: unknown }) {
  const isKeyMissing = error instanceof AppError && error.code === 'NO_SIGNING_KEY';
  return (
    <>
      <ErrorNotice error={error} />
      {isKeyMissing ? <Button onClick={() => navigate(signingPath)}>{t.outgoing.needKey.open}</Button> : null}
    </>
  );
}
