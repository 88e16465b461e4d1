import { Button } from '@mantine/core';
import type { Stored } from '@shared/domain/plan';
import { useRef, useState } from 'react';
import { address, navigate } from '../../app/router';
import { useRow, useSession } from '../../data';
import { t } from '../../i18n';
import { EmptyState, Panes, useCommands } from '../../ui';
import { FileReader } from '../reader';
import { waitingRows } from '../signing/batch/batch-rows';
import { batchPath } from '../signing/paths';
import type { OutgoingAction } from './actions';
import { type OutgoingChip, outgoingChips } from './chips';
import { OutgoingListPane } from './OutgoingListPane';
import { OutgoingProperties } from './OutgoingProperties';
import { useActs } from './use-acts';
import { issuedStep, type OutgoingList, useOutgoingList } from './use-outgoing-list';

type Properties = { readonly id: string; readonly filter: string };

/** Văn bản đi: list, page and properties of the outgoing documents of the unit. */
export function OutgoingScreen({ id: given, filter }: Properties) {
  const chip = outgoingChips.find((key) => key === filter) ?? 'all';
  const [text, setText] = useState('');
  const [limit, setLimit] = useState(issuedStep);
  const [returning, setReturning] = useState('');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const search = useRef<HTMLInputElement>(null);
  const chosen = useRow('outgoing', given === '' ? '-' : given) ?? null;
  const list = useOutgoingList(chip, text, limit, chosen?.id === given ? chosen : null);
  // Without an address of its own the first document of the list stands in front.
  const document = given === '' ? (list.rows?.[0] ?? null) : chosen?.id === given ? chosen : null;
  const id = document?.id ?? given;
  const acts = useActs(document);

  const onAction = (action: OutgoingAction): void => {
    // An act may take the document to another chip; it stays in front all the same.
    if (given === '') navigate(documentAddress(id, chip), { replace: true });
    if (action === 'edit') navigate(`/outgoing/${encodeURIComponent(id)}/edit`);
    else if (action === 'return') setReturning(id);
    else void acts.perform(action);
  };
  const can = (action: OutgoingAction) => () => !acts.busy && acts.actions.includes(action);
  const words = t.outgoing.actions;
  useCommands([
    ...(
      [
        'number',
        'number-last-year',
        'ask-number',
        'acquire-book',
        'fill-number',
        'seal',
        'issue',
        'return',
      ] as const
    ).map((action) => ({
      id: `outgoing.${action}`,
      title: words[action],
      run: () => onAction(action),
      when: can(action),
    })),
    {
      id: 'outgoing.sign',
      title: words.sign,
      shortcut: 'F8',
      run: () => onAction('sign'),
      when: can('sign'),
    },
    {
      id: 'outgoing.submit',
      title: words.submit,
      shortcut: 'Ctrl+Enter',
      run: () => onAction('submit'),
      when: can('submit'),
    },
    {
      id: 'outgoing.edit',
      title: words.edit,
      shortcut: 'F2',
      run: () => onAction('edit'),
      when: can('edit'),
    },
    { id: 'outgoing.next', title: words.next, shortcut: 'F3', run: () => goNext(list, id, chip) },
    { id: 'outgoing.find', title: words.find, shortcut: 'Ctrl+F', run: () => search.current?.focus() },
  ]);

  return (
    <Panes
      screen="outgoing"
      list={
        <OutgoingListPane
          list={list}
          chip={chip}
          activeId={id}
          text={text}
          onText={setText}
          onMore={() => setLimit(limit + issuedStep)}
          searchRef={search}
          onSelected={setSelected}
          signSelected={<SignSelected list={list} selected={selected} />}
        />
      }
      reader={<Page document={document} />}
      properties={
        document === null ? (
          <EmptyState title={t.outgoing.choose} />
        ) : (
          <OutgoingProperties
            key={document.id}
            document={document}
            acts={acts}
            onAction={onAction}
            returning={returning === document.id && acts.actions.includes('return')}
            onReturned={() => setReturning('')}
          />
        )
      }
    />
  );
}

/** Takes the chosen documents that this person may sign to the signing screen. */
function SignSelected({
  list,
  selected,
}: {
  readonly list: OutgoingList;
  readonly selected: ReadonlySet<string>;
}) {
  const { person } = useSession();
  const chosen = (list.rows ?? []).filter(({ id }) => selected.has(id));
  const rows = waitingRows(chosen, person, []);
  if (rows.length < 2) return null;
  const ids = rows.map(({ document }) => document.id).join(',');
  return (
    <Button onClick={() => navigate(address(batchPath, { ids }))}>
      {t.signingActs.batch.selected(rows.length)}
    </Button>
  );
}

function documentAddress(id: string, chip: OutgoingChip): string {
  return address(`/outgoing/${encodeURIComponent(id)}`, { filter: chip });
}

function Page({ document }: { readonly document: Stored<'outgoing'> | null }) {
  if (document === null) return <EmptyState title={t.outgoing.choose} />;
  const files = document.body === null ? document.annexes : [document.body, ...document.annexes];
  if (files.length === 0) return <EmptyState title={t.outgoing.noBody} hint={t.outgoing.noBodyHint} />;
  return <FileReader key={document.id} files={files} />;
}

/** F3: the next document below that is not issued yet, from the top again after the last. */
function goNext(list: OutgoingList, id: string, chip: OutgoingChip): void {
  const open = (list.rows ?? []).filter((row) => row.state !== 'issued' || row.id === id);
  const next = open[(open.findIndex((row) => row.id === id) + 1) % open.length];
  if (next !== undefined) navigate(documentAddress(next.id, chip), { replace: true });
}
