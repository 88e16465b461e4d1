import { Button } from '@mantine/core';
import type { RevocationListFacts } from '@shared/ipc/check-contract';
import { useWorkplace } from '../../data';
import { t } from '../../i18n';
import { importRevocationLists, invoke } from '../../platform/desktop';
import {
  confirmFinal,
  EmptyState,
  ErrorNotice,
  Facts,
  momentText,
  StatusTag,
  toast,
  useTask,
} from '../../ui';
import { ImportButton } from '../signing/ImportButton';
import { Part } from '../signing/SigningPart';

type Properties = {
  /** null while loading. */
  readonly lists: readonly RevocationListFacts[] | null;
};

/** Danh sách thu hồi: without them no check without network can say Hợp lệ. */
export function RevocationPart({ lists }: Properties) {
  const task = useTask();
  const words = t.checking.lists;
  const take = (files: readonly File[]) =>
    task.run(async () => {
      let count = 0;
      for (const file of files) count += (await importRevocationLists(file)).added.length;
      toast(count === 0 ? words.older : words.imported(count));
    });
  return (
    <Part title={words.title}>
      <p className="cv-soft">{words.intro}</p>
      <div className="cv-row">
        <ImportButton
          label={words.import}
          accept=".crl,.pem,.der"
          multiple
          disabled={task.busy}
          onFiles={(files) => void take(files)}
        />
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      {lists?.length === 0 ? <EmptyState title={words.empty} hint={words.emptyHint} /> : null}
      <ul className="cv-key-cards" aria-label={words.list}>
        {(lists ?? []).map((list) => (
          <li key={list.id} className="cv-key-card">
            <ListCard list={list} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function ListCard({ list }: { readonly list: RevocationListFacts }) {
  const { clock } = useWorkplace();
  const task = useTask();
  const words = t.checking.lists;
  const stale = list.nextUpdate !== '' && Date.parse(list.nextUpdate) < clock();
  const remove = (): void =>
    void task.run(async () => {
      const sure = await confirmFinal({
        title: words.removeTitle(list.issuer),
        effect: words.removeEffect,
        counterAct: words.removeCounterAct,
        action: words.remove,
      });
      if (!sure) return;
      await invoke('trust:remove-revocation-list', { id: list.id });
      toast(words.removed);
    });
  return (
    <>
      <div className="cv-row">
        <h3 className="cv-grow">{list.issuer}</h3>
        <StatusTag meaning={stale ? 'warn' : 'good'}>{stale ? words.stale : words.current}</StatusTag>
        <Button disabled={task.busy} onClick={remove} aria-label={`${words.remove}: ${list.issuer}`}>
          {words.remove}
        </Button>
      </div>
      <Facts
        facts={[
          [words.thisUpdate, momentText(list.thisUpdate)],
          [words.nextUpdate, momentText(list.nextUpdate)],
          [words.source, `${words.sources[list.source]}, ${momentText(list.addedAt)}`],
        ]}
      />
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </>
  );
}
