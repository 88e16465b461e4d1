import type { Stored } from '@shared/domain/plan';
import { useState } from 'react';
import { navigate } from '../../../app/router';
import { usePresentFiles, useRows, useSession } from '../../../data';
import { t } from '../../../i18n';
import { confirmFinal, DocumentList, EmptyState, Panes, toast, useCommands } from '../../../ui';
import { type Acting, useActing } from '../../outgoing/acting';
import { useSigningKeys } from '../use-keys';
import './batch.css';
import { BatchPanel } from './BatchPanel';
import { BatchRowView, rowText } from './BatchRowView';
import { type BatchRow, filesToSign, waitingRows } from './batch-rows';
import { PlacePreview } from './PlacePreview';
import type { KeyIds } from './run-batch';
import { type Batch, useBatch } from './use-batch';

const statesToSign = ['submitted', 'numbered'] as const;
const nothing: readonly Stored<'outgoing'>[] = [];

/** Ký số (S12): everything that waits for this person's signature, or for the organisation's, signed under one PIN. */
export function BatchScreen({ only }: { readonly only: readonly string[] }) {
  const { person } = useSession();
  const acting = useActing();
  const documents = useRows('outgoing', { selector: { state: { $in: [...statesToSign] } } });
  const waiting = waitingRows(documents ?? nothing, person, only);
  const present = usePresentFiles(waiting.flatMap(filesToSign).map(({ sha256 }) => sha256));
  const isPresent = (row: BatchRow): boolean => filesToSign(row).every(({ sha256 }) => present.has(sha256));
  const batch = useBatch(waiting, isPresent);
  const keys = useSigningKeys();
  const [chosen, setChosen] = useState<KeyIds>({});
  const [activeId, setActiveId] = useState('');
  const active = batch.rows.find(({ document }) => document.id === activeId) ?? batch.rows[0] ?? null;
  const words = t.signingActs.batch;

  const signAll = (): Promise<void> => askAndSign(batch, acting, chosen);
  const drop = (): void => {
    if (active !== null && !batch.busy) batch.toggle(active.document.id);
  };
  const leave = (): void => {
    toast(words.left);
    navigate('/outgoing');
  };
  useCommands([
    {
      id: 'batch.sign',
      title: words.signAll,
      shortcut: 'F8',
      run: signAll,
      when: () => isReady(batch),
    },
    { id: 'batch.drop', title: words.drop, shortcut: 'Delete', run: drop, when: () => active !== null },
    { id: 'batch.leave', title: words.leave, run: leave, when: () => !batch.busy },
  ]);

  return (
    <Panes
      screen="batch"
      list={
        <BatchList
          loading={documents === null}
          batch={batch}
          isPresent={isPresent}
          activeId={active?.document.id ?? null}
          onActive={setActiveId}
        />
      }
      reader={
        active === null ? (
          <EmptyState title={words.empty} />
        ) : (
          <PlacePreview
            key={`${active.document.id} ${active.document.body?.sha256 ?? ''}`}
            row={active}
            acting={acting}
          />
        )
      }
      properties={
        <BatchPanel
          batch={batch}
          active={active}
          keys={keys.items ?? []}
          chosen={chosen}
          onChoose={setChosen}
          onSign={() => void signAll()}
          onDrop={drop}
          onLeave={leave}
        />
      }
    />
  );
}

const isReady = ({ busy, ready }: Batch): boolean => !busy && ready.length > 0;

/** Ký tất cả: asked once for the whole batch, since each signature is final. */
async function askAndSign(batch: Batch, acting: Acting | null, keys: KeyIds): Promise<void> {
  if (acting === null || !isReady(batch)) return;
  const words = t.signingActs.batch;
  const sure = await confirmFinal({
    title: words.confirmTitle(batch.ready.length),
    effect: words.confirmEffect,
    counterAct: words.confirmCounter,
    action: words.signAll,
  });
  if (sure) await batch.run(acting, keys);
}

type ListProperties = {
  readonly loading: boolean;
  readonly batch: Batch;
  readonly isPresent: (row: BatchRow) => boolean;
  readonly activeId: string | null;
  readonly onActive: (id: string) => void;
};

function BatchList({ loading, batch, isPresent, activeId, onActive }: ListProperties) {
  const words = t.signingActs.batch;
  return (
    <div className="cv-list-pane">
      <header className="cv-list-head">
        <div className="cv-list-title">
          <h1>{words.title}</h1>
        </div>
      </header>
      {loading ? (
        <p className="cv-soft cv-list-loading" role="status">
          {t.common.list.loading}
        </p>
      ) : (
        <DocumentList
          label={words.list}
          rows={batch.rows}
          idOf={({ document }) => document.id}
          textOf={rowText}
          renderRow={(row) => (
            <BatchRowView
              row={row}
              result={batch.results.get(row.document.id) ?? null}
              dropped={batch.dropped.has(row.document.id)}
              present={isPresent(row)}
            />
          )}
          activeId={activeId}
          onActive={onActive}
          empty={<EmptyState title={words.empty} hint={words.emptyHint} />}
        />
      )}
    </div>
  );
}
