import { useState } from 'react';
import { navigate } from '../../app/router';
import { type OutboxEntry, useCounts, useWaiting } from '../../data';
import { t } from '../../i18n';
import { type Column, countText, DataGrid, EmptyState, momentText } from '../../ui';
import { screenOf, useNameOf, useSubject } from './names';
import { mainChange } from './operation-words';

/** So many are in the list at once; the count below it is of all. */
const listed = 1_000;

/** Exactly the operations the server has not answered yet, oldest first. */
export function WaitingTab() {
  const entries = useWaiting(listed);
  const { waiting } = useCounts();
  const nameOf = useNameOf();
  const [active, setActive] = useState<string | null>(null);
  const texts = t.sync.waiting;
  const whoOf = (entry: OutboxEntry): string => nameOf(entry.operation.actor) || t.sync.noPerson;
  const columns: readonly Column<OutboxEntry>[] = [
    { key: 'n', title: texts.columns.n, width: '72px', align: 'end', render: ({ n }) => n },
    {
      key: 'what',
      title: texts.columns.what,
      width: '220px',
      render: ({ operation }) => t.sync.commands[operation.command],
    },
    {
      key: 'document',
      title: texts.columns.document,
      width: 'minmax(240px, 1fr)',
      render: (entry) => <Subject entry={entry} />,
    },
    { key: 'who', title: texts.columns.who, width: '180px', render: whoOf },
    {
      key: 'when',
      title: texts.columns.when,
      width: '140px',
      render: ({ operation }) => momentText(operation.at),
    },
  ];
  return (
    <>
      <DataGrid
        label={texts.list}
        rows={entries}
        columns={columns}
        idOf={(entry) => entry.id}
        textOf={(entry) => t.sync.commands[entry.operation.command]}
        activeId={active}
        onActive={setActive}
        onOpen={(id) => openSubject(entries.find((entry) => entry.id === id))}
        empty={<EmptyState title={texts.empty} hint={texts.emptyHint} />}
      />
      {waiting > entries.length ? (
        <div className="cv-list-foot">{texts.listed(countText(entries.length), countText(waiting))}</div>
      ) : null}
    </>
  );
}

/** What an operation is about, as a way there where it has a screen. */
function Subject({ entry }: { readonly entry: OutboxEntry }) {
  const main = mainChange(entry.operation);
  const name = useSubject(entry.operation);
  if (main === undefined) return name;
  const words = name === '' ? t.sync.kinds[main.coll] : name;
  if (screenOf(main.coll, main.id) === '') return words;
  return (
    // The row opens it by Enter; a stop for Tab in every row would be in the way.
    <button type="button" className="cv-link cv-ellipsis" tabIndex={-1} onClick={() => openSubject(entry)}>
      {words}
    </button>
  );
}

function openSubject(entry: OutboxEntry | undefined): void {
  const main = entry === undefined ? undefined : mainChange(entry.operation);
  const to = main === undefined ? '' : screenOf(main.coll, main.id);
  if (to !== '') navigate(to);
}
