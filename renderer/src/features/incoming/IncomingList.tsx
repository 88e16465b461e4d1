import { Button } from '@mantine/core';
import type { Stored } from '@shared/domain/plan';
import { useRef, useState } from 'react';
import { useSettings } from '../../app/settings';
import { useCounts } from '../../data';
import { t } from '../../i18n';
import { Chips, DocumentList, EmptyState, filterByText, useCommands, useToday } from '../../ui';
import { IncomingRow, rowText } from './IncomingRow';
import { type IncomingChip, incomingChips } from './incoming-view';

type Properties = {
  readonly rows: readonly Stored<'incoming'>[] | null;
  readonly chip: IncomingChip;
  readonly activeId: string | null;
  readonly onChip: (chip: IncomingChip) => void;
  readonly onActive: (id: string) => void;
  readonly onSelected: (ids: ReadonlySet<string>) => void;
  /** Loads more rows; null when all are here. */
  readonly onMore: (() => void) | null;
};

/** The list with its filter chips and the box that narrows it while typing. */
export function IncomingList({ rows, chip, activeId, onChip, onActive, onSelected, onMore }: Properties) {
  const counts = useCounts();
  const today = useToday();
  const { compactRows } = useSettings();
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const shown = text.trim() === '' ? (rows ?? []) : filterByText(rows ?? [], rowText, text, 1000);
  useCommands([
    {
      id: 'incoming.find',
      title: t.incoming.actions.find,
      shortcut: 'Ctrl+F',
      run: () => input.current?.focus(),
      when: () => document.activeElement?.closest('.cv-reader') === null,
    },
  ]);
  const countOf: Partial<Record<IncomingChip, number>> = {
    arrived: counts.arrived,
    registered: counts.toSubmit,
    submitted: counts.toAssign,
    mine: counts.mine,
    overdue: counts.overdue,
  };
  return (
    <div className="cv-list-pane">
      <header className="cv-list-head">
        <div className="cv-list-title">
          <h1>{t.incoming.title}</h1>
          <input
            ref={input}
            className="cv-list-filter"
            type="search"
            aria-label={t.common.list.filter}
            placeholder={t.common.list.filter}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <Chips
          label={t.incoming.fields.state}
          value={chip}
          onChange={onChip}
          chips={incomingChips.map((key) => ({
            key,
            label: t.incoming.chips[key],
            ...(countOf[key] === undefined ? {} : { count: countOf[key] }),
          }))}
        />
      </header>
      <DocumentList
        label={t.incoming.list}
        rows={shown}
        total={rows?.length ?? 0}
        idOf={(row) => row.id}
        textOf={rowText}
        activeId={activeId}
        onActive={onActive}
        onSelected={onSelected}
        rowHeight={compactRows ? 32 : 52}
        renderRow={(row) => <IncomingRow row={row} today={today} compact={compactRows} />}
        empty={<Empty loading={rows === null} chip={chip} filtered={text.trim() !== ''} />}
      />
      {onMore === null ? null : (
        <Button fullWidth onClick={onMore}>
          {t.common.list.more}
        </Button>
      )}
    </div>
  );
}

function Empty({
  loading,
  chip,
  filtered,
}: {
  readonly loading: boolean;
  readonly chip: IncomingChip;
  readonly filtered: boolean;
}) {
  if (loading) return <EmptyState title={t.common.list.loading} />;
  if (chip === 'all' && !filtered) return <EmptyState title={t.incoming.empty} hint={t.incoming.emptyHint} />;
  return <EmptyState title={t.incoming.emptyFilter} />;
}
