import type { Stored } from '@shared/domain/plan';
import { useState } from 'react';
import { navigate } from '../../../app/router';
import { useRows, useSession, useStream, useWorkplace } from '../../../data';
import { t } from '../../../i18n';
import { confirmFinal, DocumentList, EmptyState, Panes, toast, useCommands } from '../../../ui';
import { useActing } from '../../outgoing/acting';
import { useSigningKeys } from '../use-keys';
import './batch.css';
import { BatchPanel } from './BatchPanel';
import { BatchRowView, rowText } from './BatchRowView';
import { type BatchRow, filesToSign, waitingRows } from './batch-rows';
import { PlacePreview } from './PlacePreview';
import type { KeyIds } from './run-batch';
import { useBatch } from './use-batch';

const statesToSign = ['submitted', 'numbered'] as const;
const nothing: readonly Stored<'outgoing'>[] = [];

/** Ký số (S12): everything that waits for this person's signature, or for the organisation's, signed under one PIN. */
export function BatchScreen({ only }: { readonly only: readonly string[] }) {
  const { transfer } = useWorkplace();
  const { person } = useSession();
  const acting = useActing();
  const documents = useRows('outgoing', { selector: { state: { $in: [...statesToSign] } } });
  const present = useStream(transfer.present, transfer.present.value);
  const isPresent = (row: BatchRow): boolean => filesToSign(row).every(({ sha256 }) => present.has(sha256));
  const batch = useBatch(waitingRows(documents ?? nothing, person, only), isPresent);
  const keys = useSigningKeys();
  const [chosen, setChosen] = useState<KeyIds>({});
  const [activeId, setActiveId] = useState('');
  const active = batch.rows.find(({ document }) => document.id === activeId) ?? batch.rows[0] ?? null;
  const words = t.signingActs.batch;

  const signAll = async (): Promise<void> => {
    if (acting === null || batch.busy || batch.ready.length === 0) return;
    const sure = await confirmFinal({
      title: words.confirmTitle(batch.ready.length),
      effect: words.confirmEffect,
      counterAct: words.confirmCounter,
      action: words.signAll,
    });
    if (sure) await batch.run(acting, chosen);
  };
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
      when: () => !batch.busy && batch.ready.length > 0,
    },
    { id: 'batch.drop', title: words.drop, shortcut: 'Delete', run: drop, when: () => active !== null },
    { id: 'batch.leave', title: words.leave, run: leave, when: () => !batch.busy },
  ]);

  return (
    <Panes
      screen="batch"
      list={
        <div className="cv-list-pane">
          <header className="cv-list-head">
            <div className="cv-list-title">
              <h1>{words.title}</h1>
            </div>
          </header>
          {documents === null ? (
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
              activeId={active?.document.id ?? null}
              onActive={setActiveId}
              empty={<EmptyState title={words.empty} hint={words.emptyHint} />}
            />
          )}
        </div>
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
