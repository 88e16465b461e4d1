import { Button } from '@mantine/core';
import type { Paper } from '@shared/schema/meetings';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useWorkplace } from '../../../data';
import { t } from '../../../i18n';
import { EmptyState, ErrorNotice, Notice, toast, useCommands, useTask } from '../../../ui';
import { inPackOrder, movePaper, papersFromDocuments, papersFromFiles } from '../paper-matching';
import { takePapers } from '../take-papers';
import type { MeetingDraft } from '../use-meeting-draft';
import { PaperPicker } from './PaperPicker';
import { PaperLine, PaperRow } from './PaperRow';

/** Tài liệu: files dropped, chosen or taken from registered documents, each under its agenda item. */
export function PapersTab({ draft, locked }: { readonly draft: MeetingDraft; readonly locked: boolean }) {
  const { papers, agenda } = draft.form;
  const [focused, setFocused] = useState('');
  const [dropping, setDropping] = useState(false);
  const [picking, setPicking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const adding = useAddPapers(draft);
  const texts = t.meetings.papers;
  const ordered = inPackOrder(papers, agenda);
  const setPapers = (next: readonly Paper[]): void => draft.change({ papers: [...next] });
  const changePaper = (id: string, patch: Partial<Paper>): void =>
    setPapers(ordered.map((paper) => (paper.id === id ? { ...paper, ...patch } : paper)));
  const move = (id: string, step: -1 | 1): void => setPapers(movePaper(ordered, id, step));
  const remove = (paper: Paper): void => {
    setPapers(ordered.filter((known) => known.id !== paper.id));
    toast(texts.removed(paper.title), () => setPapers(ordered));
  };
  const within = () => !locked && ordered.some((paper) => paper.id === focused);
  useCommands([
    {
      id: 'meetings.paper-up',
      title: texts.up(placeOf(ordered, focused)),
      shortcut: 'Alt+ArrowUp',
      run: () => move(focused, -1),
      when: within,
    },
    {
      id: 'meetings.paper-down',
      title: texts.down(placeOf(ordered, focused)),
      shortcut: 'Alt+ArrowDown',
      run: () => move(focused, 1),
      when: within,
    },
    {
      id: 'meetings.papers-choose',
      title: texts.choose,
      run: () => input.current?.click(),
      when: () => !locked,
    },
    { id: 'meetings.papers-pick', title: texts.pick, run: () => setPicking(true), when: () => !locked },
  ]);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    if (!locked) void adding.take([...event.dataTransfer.files]);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is a second way to the button inside
    <section
      className="cv-meeting-tab cv-stack"
      aria-label={texts.list}
      data-dropping={dropping ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(!locked);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      {locked ? null : (
        <div className="cv-row cv-paper-tools">
          <span className="cv-soft">{dropping ? texts.dropNow : texts.drop}</span>
          <input
            ref={input}
            type="file"
            multiple
            className="cv-hidden"
            tabIndex={-1}
            aria-label={texts.choose}
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])];
              event.currentTarget.value = '';
              void adding.take(files);
            }}
          />
          <Button onClick={() => input.current?.click()}>{texts.choose}</Button>
          <Button onClick={() => setPicking(true)}>{texts.pick}</Button>
          <span role="status">{adding.busy ? texts.taking(adding.count) : adding.said}</span>
        </div>
      )}
      {adding.error === null ? null : <ErrorNotice error={adding.error} onDismiss={adding.clear} />}
      {adding.refused.length === 0 ? null : (
        <Notice
          tone="warn"
          title={texts.refused(adding.refused.join('; '))}
          safe={texts.refusedSafe}
          todo={texts.refusedTodo}
          onDismiss={adding.clear}
        />
      )}
      {ordered.length === 0 ? (
        <EmptyState title={texts.empty} />
      ) : (
        <ol className="cv-papers">
          {ordered.map((paper, index) =>
            locked ? (
              <PaperLine key={paper.id} paper={paper} n={index + 1} />
            ) : (
              <PaperRow
                key={paper.id}
                paper={paper}
                n={index + 1}
                agenda={agenda}
                onFocus={() => setFocused(paper.id)}
                onChange={(patch) => changePaper(paper.id, patch)}
                onMove={(step) => move(paper.id, step)}
                onRemove={() => remove(paper)}
              />
            ),
          )}
        </ol>
      )}
      {ordered.length === 0 ? null : (
        <p className="cv-soft">
          {texts.count(
            ordered.length,
            ordered.reduce((sum, paper) => sum + paper.file.pages, 0),
          )}
        </p>
      )}
      {picking ? (
        <PaperPicker
          onClose={() => setPicking(false)}
          onPick={(chosen) => {
            setPicking(false);
            adding.add(papersFromDocuments(chosen, newId));
          }}
        />
      ) : null}
    </section>
  );
}

function placeOf(papers: readonly Paper[], id: string): number {
  return papers.findIndex((paper) => paper.id === id) + 1;
}

/** Adds files as papers; those already there by content are named and left out. */
function useAddPapers(draft: MeetingDraft) {
  const workplace = useWorkplace();
  const task = useTask();
  const [count, setCount] = useState(0);
  const [said, setSaid] = useState('');
  const [refused, setRefused] = useState<readonly string[]>([]);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  });
  const texts = t.meetings.papers;
  const add = (found: readonly Paper[]): void => {
    const { papers, agenda } = latest.current.form;
    const here = new Set(papers.map((paper) => paper.file.sha256));
    const fresh = found.filter((paper) => !here.has(paper.file.sha256));
    const known = found.filter((paper) => here.has(paper.file.sha256));
    const matched = fresh.filter((paper) => paper.agendaItem !== '').length;
    setSaid(
      [
        fresh.length === 0 ? '' : texts.took(fresh.length, matched),
        known.length === 0 ? '' : texts.known(known.map((paper) => paper.file.name).join('; ')),
      ]
        .filter((text) => text !== '')
        .join('. '),
    );
    if (fresh.length > 0) latest.current.change({ papers: [...inPackOrder([...papers, ...fresh], agenda)] });
  };
  const take = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    setCount(files.length);
    setSaid('');
    setRefused([]);
    await task.run(async () => {
      const taken = await takePapers(workplace, files);
      setRefused(taken.refused);
      add(papersFromFiles(taken.files, latest.current.form.agenda, '', newId));
    });
  };
  const clear = (): void => {
    task.clear();
    setRefused([]);
  };
  return { take, add, clear, count, said, refused, busy: task.busy, error: task.error };
}

const newId = (): string => crypto.randomUUID();
