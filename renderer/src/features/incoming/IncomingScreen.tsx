import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { FileRef } from '@shared/schema/values';
import { isoInHanoi } from '@shared/text/time';
import { useCallback, useState } from 'react';
import { address, navigate } from '../../app/router';
import { usePeople, useRow, useRows, useSession, useUnits, useWorkplace } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { EmptyState, Panes, reportFailure, toast, useCommands, useToday } from '../../ui';
import { FileReader } from '../reader';
import { ActionForm } from './ActionForm';
import { allowedActions, type IncomingAction, incomingActions } from './actions';
import { IncomingList } from './IncomingList';
import { IncomingProperties } from './IncomingProperties';
import { chipOf, type Mode, nextOpen, rowsOfChip, statesOfChip } from './incoming-view';
import { RegisterPane } from './RegisterPane';
import { slipOf } from './slip';
import { useIncomingActs } from './use-incoming-acts';
import './incoming.css';

type Properties = {
  readonly id: string;
  readonly mode: Mode;
  readonly filter: string;
  /** An act whose form opens at once. */
  readonly act: string;
  /** What the form of a return begins with. */
  readonly reason: string;
};
type Row = Stored<'incoming'>;
const step = 500;

/** Văn bản đến: list | pages | properties, or the pages beside the form. */
export function IncomingScreen({ id, mode, filter, act, reason }: Properties) {
  const { person } = useSession();
  const today = useToday();
  const chip = chipOf(filter);
  const [limit, setLimit] = useState(step);
  const states = statesOfChip(chip);
  const loaded = useRows('incoming', {
    limit,
    ...(states === null ? {} : { selector: { state: { $in: [...states] } } }),
  });
  const rows = loaded === null ? null : rowsOfChip(loaded, chip, person?.id ?? '', today);
  const given = useRow('incoming', id === '' ? '-' : id);
  const document = id === '' ? (rows?.[0] ?? null) : (given ?? null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<{
    readonly act: IncomingAction;
    readonly on: string;
    readonly reason: string;
  } | null>(null);
  const [secret, setSecret] = useState(false);
  const [slip, setSlip] = useState<{ readonly of: string; readonly file: FileRef } | null>(null);
  const print = useSlip();

  const pathOf = (row: string): string => `/incoming/${encodeURIComponent(row)}`;
  const open = useCallback(
    (row: string, replace = false) =>
      navigate(address(`/incoming/${encodeURIComponent(row)}`, { filter }), { replace }),
    [filter],
  );
  const actions = document === null ? [] : allowedActions(person, document);
  const asked = incomingActions.find((action) => action === act);
  const form = opened?.on === document?.id ? (opened?.act ?? null) : (asked ?? null);
  const acts = useIncomingActs();
  const start = async (row: Row): Promise<void> => {
    await acts.start(row.id);
    toast(t.incoming.done.start);
  };
  const onAction = (action: IncomingAction, why = ''): void => {
    if (document === null || !actions.includes(action)) return;
    if (action === 'register') navigate(`${pathOf(document.id)}/register`);
    else if (action === 'correct') navigate(`${pathOf(document.id)}/edit`);
    else if (action === 'start') void start(document).catch(reportFailure);
    else setOpened({ act: action, on: document.id, reason: why });
  };
  const closeForm = (): void => {
    setOpened(null);
    if (act !== '' && document !== null) open(document.id, true);
  };
  const next = (): void => {
    const row = document === null ? undefined : nextOpen(rows ?? [], document.id);
    if (row !== undefined) open(row.id);
  };
  const onSlip = async (): Promise<void> => {
    if (document === null) return;
    setSlip({ of: document.id, file: await print(document) });
    toast(t.incoming.done.slip);
  };
  const reading = mode === 'read';
  const can = (action: IncomingAction) => () => reading && form === null && actions.includes(action);
  useCommands([
    { id: 'incoming.next', title: t.incoming.actions.next, shortcut: 'F3', run: next, when: () => reading },
    {
      id: 'incoming.assign',
      title: t.incoming.actions.assign,
      shortcut: 'B',
      run: () => onAction('assign'),
      when: can('assign'),
    },
    {
      id: 'incoming.submit',
      title: t.incoming.actions.submit,
      shortcut: 'Ctrl+Enter',
      run: () => onAction('submit'),
      when: can('submit'),
    },
    {
      id: 'incoming.correct',
      title: t.incoming.actions.correct,
      shortcut: 'F2',
      run: () => onAction('correct'),
      when: can('correct'),
    },
    {
      id: 'incoming.register',
      title: t.incoming.actions.register,
      run: () => onAction('register'),
      when: can('register'),
    },
    {
      id: 'incoming.finish',
      title: t.incoming.actions.finish,
      run: () => onAction('finish'),
      when: can('finish'),
    },
    {
      id: 'incoming.comment',
      title: t.incoming.actions.comment,
      run: () => onAction('comment'),
      when: can('comment'),
    },
    {
      id: 'incoming.slip',
      title: t.incoming.actions.slip,
      shortcut: 'Ctrl+P',
      run: onSlip,
      when: () => reading && (document?.arrivalNumber ?? 0) > 0,
    },
    {
      id: 'incoming.new',
      title: t.incoming.actions.registerNew,
      shortcut: 'Ctrl+N',
      run: () => navigate('/register-paper'),
      when: () => reading && person?.roles.includes('clerk') === true,
    },
  ]);

  const printed = slip !== null && slip.of === document?.id ? [slip.file] : [];
  const reader =
    mode === 'paper' ? (
      <EmptyState title={secret ? t.incoming.register.secretFile : t.incoming.register.withoutFile} />
    ) : secret ? (
      <EmptyState title={t.incoming.register.secretFile} />
    ) : document === null ? (
      <EmptyState title={t.reader.nothing} />
    ) : (
      <FileReader
        key={`${document.id} ${printed.length}`}
        files={[...printed, ...document.files]}
        made={printed}
      />
    );
  if (mode === 'paper' || (!reading && document !== null))
    return (
      <Panes
        screen="incoming"
        reader={reader}
        form={
          <RegisterPane
            key={`${mode} ${id}`}
            mode={mode}
            document={document}
            onSecret={setSecret}
            onOpen={open}
          />
        }
      />
    );
  const picked = pickedRows(rows ?? [], selected, document);
  return (
    <Panes
      screen="incoming"
      list={
        <IncomingList
          rows={rows}
          chip={chip}
          activeId={document?.id ?? null}
          onChip={(to) => navigate(address('/incoming', { filter: to === 'all' ? '' : to }))}
          onActive={(row) => open(row, true)}
          onSelected={setSelected}
          onMore={loaded !== null && loaded.length === limit ? () => setLimit(limit + step) : null}
        />
      }
      reader={reader}
      properties={
        document === null ? undefined : (
          <IncomingProperties
            document={document}
            count={picked.length}
            actions={actions}
            onAction={onAction}
            onSlip={() => void onSlip().catch(reportFailure)}
            form={
              form === null || !actions.includes(form) ? null : (
                <ActionForm
                  key={document.id}
                  action={form}
                  acts={acts}
                  ids={picked
                    .filter((row) => allowedActions(person, row).includes(form))
                    .map((row) => row.id)}
                  document={document}
                  reason={opened?.on === document.id ? opened.reason : reason}
                  onClose={closeForm}
                  onNext={next}
                />
              )
            }
          />
        )
      }
    />
  );
}

/** The documents an act is for: those chosen in the list as long as the open one is among them, else the open one. */
function pickedRows(
  rows: readonly Row[],
  selected: ReadonlySet<string>,
  document: Row | null,
): readonly Row[] {
  const chosen = rows.filter((row) => selected.has(row.id));
  if (chosen.length > 1 && chosen.some((row) => row.id === document?.id)) return chosen;
  return document === null ? [] : [document];
}

/** Sets the Phiếu giải quyết as a PDF. */
function useSlip(): (document: Row) => Promise<FileRef> {
  const { unit } = useSession();
  const people = usePeople();
  const units = useUnits();
  const { clock } = useWorkplace();
  return async (document) => {
    if (unit === null) throw new AppError('NOT_FOUND', 'unit');
    const data = slipOf(document, unit, { people, units }, isoInHanoi(clock()));
    const { file } = await invoke('print:make', {
      name: `phieu-giai-quyet-${document.arrivalNumber}.pdf`,
      job: { kind: 'slip', data },
    });
    return file;
  };
}
