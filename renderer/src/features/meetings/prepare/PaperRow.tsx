import { Select } from '@mantine/core';
import type { AgendaItem, Paper } from '@shared/schema/meetings';
import type { FileRef } from '@shared/schema/values';
import { useState } from 'react';
import { useFilePresent } from '../../../data';
import { t } from '../../../i18n';
import { IconButton, StatusTag, sizeText } from '../../../ui';
import { CompactField } from './CompactField';

type Properties = {
  readonly paper: Paper;
  readonly n: number;
  readonly agenda: readonly AgendaItem[];
  readonly onFocus: () => void;
  readonly onChange: (patch: Partial<Paper>) => void;
  readonly onMove: (step: -1 | 1) => void;
  readonly onRemove: () => void;
};

const wholeMeeting = '-';

/** One paper: its title, the agenda item it belongs to, its file. */
export function PaperRow({ paper, n, agenda, onFocus, onChange, onMove, onRemove }: Properties) {
  const texts = t.meetings.papers;
  const [title, setTitle] = useState<string | null>(null);
  const choices = [
    ...agenda.map((item, index) => ({ value: item.id, label: `${index + 1}. ${item.title}` })),
    { value: wholeMeeting, label: texts.whole },
  ];
  const known = agenda.some((item) => item.id === paper.agendaItem);
  return (
    <li className="cv-paper-row">
      <span className="cv-agenda-number">{n}</span>
      <CompactField
        className="cv-paper-title"
        label={texts.name(n)}
        value={title ?? paper.title}
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
      />
      <PaperFile file={paper.file} />
      <span className="cv-agenda-buttons">
        <IconButton icon="chevronUp" label={texts.up(n)} onClick={() => onMove(-1)} />
        <IconButton icon="chevronDown" label={texts.down(n)} onClick={() => onMove(1)} />
        <IconButton icon="close" label={texts.remove(n)} onClick={onRemove} />
      </span>
    </li>
  );
}

/** A paper for who reads the list. */
export function PaperLine({ paper, n }: { readonly paper: Paper; readonly n: number }) {
  return (
    <li className="cv-person-row">
      <span className="cv-agenda-number">{n}</span>
      <span className="cv-grow">{paper.title}</span>
      <PaperFile file={paper.file} />
    </li>
  );
}

/** Name, pages and size of the file, and whether it is on this machine. */
function PaperFile({ file }: { readonly file: FileRef }) {
  const present = useFilePresent(file.sha256);
  const facts = [file.name, file.pages === 0 ? '' : t.common.file.pages(file.pages), sizeText(file.size)];
  return (
    <span className="cv-paper-file cv-soft cv-small cv-ellipsis" title={file.name}>
      {facts.filter((text) => text !== '').join(' · ')}{' '}
      {present ? null : <StatusTag meaning="warn">{t.meetings.papers.missing}</StatusTag>}
    </span>
  );
}
