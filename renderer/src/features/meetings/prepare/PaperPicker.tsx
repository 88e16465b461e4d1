import { Button, Modal } from '@mantine/core';
import { formatNumber } from '@shared/domain/numbering';
import type { FileRef } from '@shared/schema/values';
import { useMemo, useState } from 'react';
import { useRows } from '../../../data';
import { t } from '../../../i18n';
import { DocumentList, EmptyState, filterByText, StatusTag, TextField } from '../../../ui';

type Found = {
  readonly id: string;
  readonly kind: 'in' | 'out';
  readonly name: string;
  readonly file: FileRef;
};

/** As many of the newest documents as are looked through; older ones are found from their own screen. */
const searched = 2000;
const shownAtOnce = 200;

/** Chooses files of registered documents as papers. */
export function PaperPicker({
  onPick,
  onClose,
}: {
  readonly onPick: (chosen: readonly Found[]) => void;
  readonly onClose: () => void;
}) {
  const found = useFound();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const texts = t.meetings.papers;
  const shown = filterByText(found, (entry) => `${entry.name} ${entry.file.name}`, query, shownAtOnce);
  const chosen = selected.size > 0 ? selected : new Set(active === null ? [] : [active]);
  const picked = found.filter((entry) => chosen.has(entry.id));
  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.pickTitle}
      size={720}
      closeButtonProps={{ 'aria-label': t.common.actions.close }}
    >
      <div className="cv-stack">
        <TextField label={texts.pickSearch} value={query} onChange={setQuery} focusFirst />
        <div className="cv-paper-picker">
          <DocumentList
            label={texts.pickTitle}
            rows={shown}
            idOf={(entry) => entry.id}
            textOf={(entry) => `${entry.name} ${entry.file.name}`}
            renderRow={(entry) => <FoundRow entry={entry} />}
            activeId={active}
            onActive={setActive}
            onSelected={setSelected}
            onOpen={(id) => onPick(found.filter((entry) => entry.id === id))}
            empty={<EmptyState title={texts.pickEmpty} />}
          />
        </div>
        <div className="cv-row cv-row-end">
          <Button onClick={onClose}>{t.common.actions.cancel}</Button>
          <Button variant="filled" disabled={picked.length === 0} onClick={() => onPick(picked)}>
            {texts.pickAdd(picked.length)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function FoundRow({ entry }: { readonly entry: Found }) {
  const { pickIncoming, pickOutgoing } = t.meetings.papers;
  return (
    <div className="cv-doc">
      <div className="cv-doc-first">
        <span className="cv-ellipsis cv-grow">{entry.name}</span>
      </div>
      <div className="cv-doc-side">
        <StatusTag meaning="plain">{entry.kind === 'in' ? pickIncoming : pickOutgoing}</StatusTag>
      </div>
      <div className="cv-doc-second cv-ellipsis">{entry.file.name}</div>
    </div>
  );
}

/** Every file of the newest documents, in and out, newest first. */
function useFound(): readonly Found[] {
  const incoming = useRows('incoming', { limit: searched });
  const outgoing = useRows('outgoing', { limit: searched });
  return useMemo(() => {
    const entries = [
      ...(incoming ?? []).map((row) => ({
        row,
        kind: 'in' as const,
        sign: [row.number, row.symbol].filter((part) => part !== '').join('/'),
        files: row.files,
      })),
      ...(outgoing ?? []).map((row) => ({
        row,
        kind: 'out' as const,
        sign: row.number === 0 ? '' : `${formatNumber(row.number)}/${row.symbol}`,
        files: [...(row.body === null ? [] : [row.body]), ...row.annexes],
      })),
    ];
    return entries
      .sort((a, b) => a.row.newestFirst - b.row.newestFirst)
      .flatMap(({ row, kind, sign, files }) =>
        files.map((file) => ({
          id: `${row.id}/${file.sha256}`,
          kind,
          name: sign === '' ? row.subject : `${sign} – ${row.subject}`,
          file,
        })),
      );
  }, [incoming, outgoing]);
}
