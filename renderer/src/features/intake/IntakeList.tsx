import { Button } from '@mantine/core';
import type { Stored } from '@shared/domain/plan';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useSettings } from '../../app/settings';
import { t } from '../../i18n';
import { Chips, DocumentList, EmptyState, useCommands, useToday } from '../../ui';
import { IntakeRow } from './IntakeRow';
import { type IntakeChip, intakeChips, itemsOfChip } from './intake-view';
import { ScanFolder } from './ScanFolder';
import { useIntakeActs } from './use-intake-acts';
import './intake.css';

type Properties = {
  readonly rows: readonly Stored<'intake'>[] | null;
  readonly items: readonly Stored<'intake'>[];
  readonly chip: IntakeChip;
  readonly activeId: string | null;
  readonly above: ReactNode;
  readonly onChip: (chip: IntakeChip) => void;
  readonly onActive: (id: string) => void;
  readonly onRegister: (item: Stored<'intake'>) => void;
};

const kinds = '.pdf,.docx,.xlsx,.jpg,.jpeg,.png,.tif,.tiff,.mp4';

/** The list with its drop zone: dropping anywhere on it takes the files in. */
export function IntakeList({ rows, items, chip, activeId, above, onChip, onActive, onRegister }: Properties) {
  const { taking, take } = useIntakeActs();
  const { compactRows } = useSettings();
  const today = useToday();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const byId = (id: string): Stored<'intake'> | undefined => items.find((item) => item.id === id);
  const open = (id: string): void => {
    const item = byId(id);
    if (item?.state === 'waiting') onRegister(item);
  };
  useCommands([
    {
      id: 'intake.choose',
      title: t.intake.chooseTitle,
      shortcut: 'Ctrl+N',
      menu: 'add',
      run: () => input.current?.click(),
    },
    {
      id: 'intake.register',
      title: t.intake.register,
      shortcut: 'Enter',
      run: () => open(activeId ?? ''),
      when: () => byId(activeId ?? '')?.state === 'waiting',
    },
  ]);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files], 'dropped');
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is a second way beside "Chọn tệp"
    <div
      className="cv-list-pane"
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <header className="cv-list-head">
        <div className="cv-list-title">
          <h1>{t.intake.title}</h1>
        </div>
        <div className="cv-drop">
          <span>{over ? t.intake.dropNow : t.intake.drop}</span>
          <Button onClick={() => input.current?.click()}>{t.intake.choose}</Button>
          <input
            ref={input}
            type="file"
            multiple
            accept={kinds}
            aria-label={t.intake.chooseTitle}
            className="cv-hidden"
            tabIndex={-1}
            onChange={(event) => {
              void take([...(event.currentTarget.files ?? [])], 'chosen');
              event.currentTarget.value = '';
            }}
          />
          <span className="cv-soft cv-small">{taking > 0 ? t.intake.taking(taking) : t.intake.kinds}</span>
        </div>
        <ScanFolder />
        {above}
        <Chips
          label={t.intake.columns.state}
          value={chip}
          onChange={onChip}
          chips={intakeChips.map((key) => ({
            key,
            label: t.intake.chips[key],
            ...(key === 'waiting' || key === 'problem' ? { count: itemsOfChip(rows ?? [], key).length } : {}),
          }))}
        />
      </header>
      <DocumentList
        label={t.intake.list}
        rows={items}
        idOf={(item) => item.id}
        textOf={(item) => item.file?.name ?? t.intake.purged}
        activeId={activeId}
        onActive={onActive}
        onOpen={open}
        rowHeight={compactRows ? 32 : 52}
        renderRow={(item) => <IntakeRow item={item} rows={rows ?? []} today={today} compact={compactRows} />}
        empty={
          rows === null ? (
            <EmptyState title={t.common.list.loading} />
          ) : chip === 'waiting' ? (
            <EmptyState title={t.intake.empty} hint={t.intake.emptyHint} />
          ) : (
            <EmptyState title={t.intake.emptyOther} />
          )
        }
      />
    </div>
  );
}
