import { Button } from '@mantine/core';
import type { TrustAnchor } from '@shared/ipc/check-contract';
import type { Output } from '@shared/ipc/contract';
import { useState } from 'react';
import { t } from '../../i18n';
import { invoke, previewAnchor } from '../../platform/desktop';
import {
  confirmFinal,
  EmptyState,
  ErrorNotice,
  Facts,
  momentText,
  Notice,
  toast,
  usePersonName,
  useTask,
} from '../../ui';
import { ImportButton } from '../signing/ImportButton';
import { Part } from '../signing/SigningPart';
import { periodText } from './report-words';

type Preview = Output<'trust:preview-anchor'>;
type Properties = {
  /** null while loading. */
  readonly anchors: readonly TrustAnchor[] | null;
  readonly error: unknown;
};

/** Tổ chức chứng thực tin cậy: shown with its fingerprint before it is trusted, and removed again after one question. */
export function AnchorPart({ anchors, error }: Properties) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const task = useTask();
  const words = t.signing.anchors;
  const choose = (file: File | undefined) =>
    task.run(async () => {
      if (file !== undefined) setPreview(await previewAnchor(file));
    });
  return (
    <Part title={words.title}>
      <p className="cv-soft">{t.checking.trustStore.compare}</p>
      <div className="cv-row">
        <ImportButton
          label={words.import}
          accept=".cer,.crt,.pem,.der"
          disabled={task.busy}
          onFiles={([file]) => void choose(file)}
        />
      </div>
      {[error, task.error].map((failure, index) =>
        failure === null ? null : <ErrorNotice key={index === 0 ? 'load' : 'import'} error={failure} />,
      )}
      {preview === null ? null : <Compare preview={preview} onClose={() => setPreview(null)} />}
      {anchors?.length === 0 ? <EmptyState title={words.empty} hint={words.emptyHint} /> : null}
      <ul className="cv-key-cards" aria-label={words.list}>
        {(anchors ?? []).map((anchor) => (
          <li key={anchor.fingerprint} className="cv-key-card cv-fingerprint">
            <AnchorCard anchor={anchor} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** The fingerprint to be compared; nothing is trusted before the second button. */
function Compare({ preview, onClose }: { readonly preview: Preview; readonly onClose: () => void }) {
  const task = useTask();
  const words = t.checking.trustStore;
  const { anchor, known, ticket } = preview;
  const confirm = (): void =>
    void task.run(async () => {
      const { anchor: trusted } = await invoke('trust:confirm-anchor', { ticket });
      toast(t.signing.anchors.imported(trusted.subject));
      onClose();
    });
  return (
    <section className="cv-key-card cv-fingerprint" aria-label={words.preview}>
      <Notice tone="warn" title={known ? words.known : words.preview}>
        {known ? null : <p>{words.previewHint}</p>}
      </Notice>
      <h3>{anchor.subject}</h3>
      <AnchorFacts anchor={anchor} />
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      <div className="cv-row">
        {known ? null : (
          <Button variant="filled" disabled={task.busy} onClick={confirm}>
            {words.confirm}
          </Button>
        )}
        <Button onClick={onClose}>{known ? t.common.actions.close : t.common.actions.cancel}</Button>
      </div>
    </section>
  );
}

function AnchorCard({ anchor }: { readonly anchor: TrustAnchor }) {
  const task = useTask();
  const words = t.checking.trustStore;
  const remove = (): void =>
    void task.run(async () => {
      const sure = await confirmFinal({
        title: words.removeTitle(anchor.subject),
        effect: words.removeEffect,
        counterAct: words.removeCounterAct,
        action: words.remove,
      });
      if (!sure) return;
      await invoke('trust:remove-anchor', { fingerprint: anchor.fingerprint });
      toast(words.removed(anchor.subject));
    });
  return (
    <>
      <div className="cv-row">
        <h3 className="cv-grow">{anchor.subject}</h3>
        <Button disabled={task.busy} onClick={remove} aria-label={`${words.remove}: ${anchor.subject}`}>
          {words.remove}
        </Button>
      </div>
      <AnchorFacts anchor={anchor} />
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </>
  );
}

function AnchorFacts({ anchor }: { readonly anchor: TrustAnchor }) {
  const nameOf = usePersonName();
  const words = t.checking.trustStore;
  return (
    <Facts
      facts={[
        [words.organisation, anchor.organisation],
        [words.validity, periodText(anchor, t)],
        [t.signing.anchors.fingerprint, pairs(anchor.fingerprint)],
        [
          words.added,
          anchor.addedAt === '' ? '' : words.addedBy(momentText(anchor.addedAt), nameOf(anchor.addedBy)),
        ],
      ]}
    />
  );
}

/** A fingerprint in pairs, as certificates are compared by eye. */
function pairs(fingerprint: string): string {
  return fingerprint.replaceAll(':', ' ').toUpperCase();
}
