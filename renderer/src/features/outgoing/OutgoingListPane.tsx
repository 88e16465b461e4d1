import { Button, TextInput } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { address, navigate } from '../../app/router';
import { useSettings } from '../../app/settings';
import { t } from '../../i18n';
import { Chips, DocumentList, EmptyState } from '../../ui';
import { type OutgoingChip, outgoingChips } from './chips';
import { OutgoingRow, rowText } from './OutgoingRow';
import type { OutgoingList } from './use-outgoing-list';

type Properties = {
  readonly list: OutgoingList;
  readonly chip: OutgoingChip;
  readonly activeId: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onMore: () => void;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onSelected: (ids: ReadonlySet<string>) => void;
  /** Offered below the filter while several documents that can be signed are chosen. */
  readonly signSelected: ReactNode;
};

/** The list of outgoing documents under the chip that is pressed. */
export function OutgoingListPane({ list, chip, activeId, text, ...on }: Properties) {
  const { onText, onMore, searchRef, onSelected, signSelected } = on;
  const { compactRows } = useSettings();
  const go = (id: string, to: OutgoingChip): void =>
    navigate(address(id === '' ? '/outgoing' : `/outgoing/${encodeURIComponent(id)}`, { filter: to }), {
      replace: true,
    });
  return (
    <div className="cv-list-pane">
      <header className="cv-list-head">
        <div className="cv-list-title">
          <h1>{t.outgoing.title}</h1>
          <Button onClick={() => navigate('/outgoing/new')}>{t.outgoing.actions.draft}</Button>
        </div>
        <Chips
          label={t.outgoing.fields.state}
          chips={shownChips(list, chip).map((key) => ({
            key,
            label: t.outgoing.chips[key],
            count: list.counts[key],
          }))}
          value={chip}
          onChange={(key) => go('', key)}
        />
        <TextInput
          ref={searchRef}
          aria-label={t.common.list.filter}
          placeholder={t.common.list.filter}
          value={text}
          onChange={(event) => onText(event.currentTarget.value)}
        />
        {signSelected}
      </header>
      {list.rows === null ? (
        <p className="cv-soft cv-list-loading" role="status">
          {t.common.list.loading}
        </p>
      ) : (
        <DocumentList
          label={t.outgoing.list}
          rows={list.rows}
          idOf={({ id }) => id}
          textOf={rowText}
          rowHeight={compactRows ? 32 : 52}
          renderRow={(document) => <OutgoingRow document={document} compact={compactRows} />}
          activeId={activeId === '' ? null : activeId}
          onActive={(id) => go(id, chip)}
          onSelected={onSelected}
          empty={<Empty filtered={chip !== 'all' || text !== ''} />}
        />
      )}
      {list.more ? (
        <div className="cv-list-foot">
          <Button onClick={onMore}>{t.common.list.more}</Button>
        </div>
      ) : null}
    </div>
  );
}

/** The chips of the road are always there; those of one's own matters only while there are any. */
function shownChips(list: OutgoingList, pressed: OutgoingChip): readonly OutgoingChip[] {
  return outgoingChips.filter(
    (key) => (key !== 'to-sign' && key !== 'returned') || list.counts[key] > 0 || key === pressed,
  );
}

function Empty({ filtered }: { readonly filtered: boolean }) {
  return filtered ? (
    <EmptyState title={t.outgoing.emptyFilter} />
  ) : (
    <EmptyState title={t.outgoing.empty} hint={t.outgoing.emptyHint} />
  );
}
