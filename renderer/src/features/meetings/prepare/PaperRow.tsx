import { Select } from '@mantine/core';
import type { AgendaItem, Paper } from '@shared/schema/meetings';
import { useState } from 'react';
import { useFilePresent } from '../../../data';
import { t } from '../../../i18n';
import { IconButton, StatusTag, sizeText } from '../../../ui';
import { CompactField } from './CompactField';

type Properties = {
  readonly paper: Paper;
  readonly n: number;
  readonly agenda: readonly AgendaItem[];
  readonly locked: boolean;
  readonly onFocus: () => void;
  readonly onChange: (patch: Partial<Paper>) => void;
  readonly onMove: (step: -1 | 1) => void;
  readonly onRemove: () => void;
};

const wholeMeeting = '-';

/** One paper: its title, the agenda item it belongs to, its file. */
export function PaperRow({ paper, n, agenda, locked, onFocus, onChange, onMove, onRemove }: Properties) {
  const texts = t.meetings.papers;
  const present = useFilePresent(paper.file.sha256);
  const [title, setTitle] = useState<string | null>(null);
  const choices = [
    ...agenda.map((item, index) => ({ value: item.id, label: `${index + 1}. ${item.title}` })),
    { value: wholeMeeting, label: texts.whole },
  ];
  const known = agenda.some((item) => item.id === paper.agendaItem);
  const { file } = paper;
  return (
    <li className="cv-paper-row">
      <span className="cv-agenda-number">{n}</span>
      <CompactField
        className="cv-paper-title"
        label={texts.name(n)}
        value={title ?? paper.title}
        disabled={locked}
        maxLength={300}
        onFocus={onFocus}
        onChange={(next) => {
          setTitle(next);
          if (next.trim() !== '') onChange({ title: next });
        }}
        onLeave={() => setTitle(null)}
      />
      <Select
        className="cv-paper-item"
        aria-label={texts.item(n)}
        data={choices}
        value={known ? paper.agendaItem : wholeMeeting}
        onChange={(next) => onChange({ agendaItem: next === null || next === wholeMeeting ? '' : next })}
        onFocus={onFocus}
        allowDeselect={false}
        disabled={locked}
      />
      <span className="cv-paper-file cv-soft cv-small cv-ellipsis" title={file.name}>
        {[file.name, file.pages === 0 ? '' : t.common.file.pages(file.pages), sizeText(file.size)]
          .filter((text) => text !== '')
          .join(' · ')}{' '}
        {present ? null : <StatusTag meaning="warn">{texts.missing}</StatusTag>}
      </span>
      {locked ? null : (
        <span className="cv-agenda-buttons">
          <IconButton icon="chevronUp" label={texts.up(n)} onClick={() => onMove(-1)} />
          <IconButton icon="chevronDown" label={texts.down(n)} onClick={() => onMove(1)} />
          <IconButton icon="close" label={texts.remove(n)} onClick={onRemove} />
        </span>
      )}
    </li>
  );
}
