import { Button } from '@mantine/core';
import type { UnitsSeenResponse } from '@shared/sync/protocol';
import { useEffect, useMemo, useState } from 'react';
import { useSyncStatus } from '../../../data';
import { t } from '../../../i18n';
import { invoke } from '../../../platform/desktop';
import { type Column, DataGrid, EmptyState, ErrorNotice, momentText, StatusTag, useTask } from '../../../ui';
import { type BoardRow, boardOf, meanings } from './unit-board';

/** D04, for people of the province: which units have not been in touch for long. */
export function UnitsTab() {
  const task = useTask();
  const { lastSync } = useSyncStatus();
  const [seen, setSeen] = useState<UnitsSeenResponse | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const rows = useMemo(() => (seen === null ? [] : boardOf(seen)), [seen]);
  const { run } = task;
  const ask = (): Promise<boolean> => run(async () => setSeen(await invoke('net:units-seen', undefined)));
  // A new answer after every round, as everything else on this screen.
  useEffect(() => {
    void ask();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `ask` is another function each time
  }, [lastSync]);
  const texts = t.sync.units;
  const silent = rows.filter(({ state }) => state === 'long' || state === 'never').length;
  return (
    <>
      <header className="cv-sync-head">
        <p className="cv-grow">
          {texts.hint} {seen === null ? '' : texts.asOf(momentText(seen.now))}
        </p>
        {silent === 0 ? null : <StatusTag meaning="bad">{texts.silent(silent)}</StatusTag>}
        <Button disabled={task.busy} onClick={() => void ask()}>
          {texts.again}
        </Button>
      </header>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      <DataGrid
        label={texts.list}
        rows={rows}
        columns={columns()}
        idOf={({ unit }) => unit}
        textOf={({ name }) => name}
        activeId={active}
        onActive={setActive}
        empty={<EmptyState title={task.busy ? t.common.list.loading : texts.empty} />}
      />
    </>
  );
}

function columns(): readonly Column<BoardRow>[] {
  const texts = t.sync.units;
  const { name, lastSeen, silence, devices } = texts.columns;
  return [
    { key: 'name', title: name, width: 'minmax(240px, 1fr)', render: (row) => row.name },
    {
      key: 'lastSeen',
      title: lastSeen,
      width: '160px',
      render: (row) => (row.lastSeen === '' ? texts.never : momentText(row.lastSeen)),
    },
    {
      key: 'silence',
      title: silence,
      width: '240px',
      render: ({ state, days }) => (
        <StatusTag meaning={meanings[state]}>{texts.states[state](days ?? 0)}</StatusTag>
      ),
    },
    { key: 'devices', title: devices, width: '96px', align: 'end', render: (row) => row.devices },
  ];
}
