import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { t } from '../../../i18n';
import { type Column, DataGrid, EmptyState, ErrorNotice, momentText, StatusTag } from '../../../ui';
import { type BoardRow, boardOf, meanings } from './unit-board';
import { useUnitsSeen } from './use-units-seen';

/** D04, for people of the province: which units have not been in touch for long. */
export function UnitsTab() {
  const { seen, task, ask } = useUnitsSeen();
  const [active, setActive] = useState<string | null>(null);
  const rows = useMemo(() => (seen === null ? [] : boardOf(seen)), [seen]);
  const texts = t.sync.units;
  const silent = rows.filter(({ state }) => state === 'long').length;
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
