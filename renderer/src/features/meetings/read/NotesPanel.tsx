import { Button } from '@mantine/core';
import type { Note } from '@shared/schema/meetings';
import { type FormEvent, useState } from 'react';
import { addNote, changeNote, useNotes, useWorkplace } from '../../../data';
import { t } from '../../../i18n';
import { ErrorNotice, IconButton, Section, SidePanel, TextAreaField, toast, useTask } from '../../../ui';

type Properties = {
  readonly meeting: string;
  readonly paper: string;
  readonly page: number;
  readonly onPage: (page: number) => void;
};

/** Private notes on the pages of a paper: nobody else sees them, and no server gets them. */
export function NotesPanel({ meeting, paper, page, onPage }: Properties) {
  const workplace = useWorkplace();
  const notes = useNotes(meeting).filter((note) => note.paper === paper);
  const [text, setText] = useState('');
  const task = useTask();
  const texts = t.meetings.read;
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (text.trim() === '' || paper === '') return;
    if (await task.run(() => addNote(workplace, { meeting, paper, page, text: text.trim() }))) setText('');
  };
  const ordered = [...notes].sort((a, b) => a.page - b.page || a.at.localeCompare(b.at));
  return (
    <SidePanel title={texts.notes}>
      <p className="cv-soft cv-small">{texts.notesHint}</p>
      {paper === '' ? null : (
        <form className="cv-stack cv-note-form" onSubmit={(event) => void add(event)}>
          <TextAreaField label={texts.note(page)} value={text} onChange={setText} rows={3} maxLength={4000} />
          <div className="cv-row cv-row-end">
            <Button type="submit" disabled={text.trim() === '' || task.busy}>
              {texts.addNote}
            </Button>
          </div>
          {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
        </form>
      )}
      {ordered.length === 0 ? <p className="cv-soft">{texts.noNotes}</p> : null}
      {ordered.map((note) => (
        <NoteEntry key={note.id} note={note} onPage={onPage} />
      ))}
    </SidePanel>
  );
}

function NoteEntry({ note, onPage }: { readonly note: Note; readonly onPage: (page: number) => void }) {
  const workplace = useWorkplace();
  const [typed, setTyped] = useState<string | null>(null);
  const task = useTask();
  const texts = t.meetings.read;
  const save = async (): Promise<void> => {
    const text = typed ?? note.text;
    if (text.trim() !== '' && text !== note.text)
      await task.run(() => changeNote(workplace, note.id, text.trim()));
    setTyped(null);
  };
  const remove = async (): Promise<void> => {
    const { meeting, paper, page, text } = note;
    if (await task.run(() => changeNote(workplace, note.id, '')))
      toast(texts.removeNote(page), () => addNote(workplace, { meeting, paper, page, text }));
  };
  return (
    <Section
      title={texts.page(note.page)}
      aside={
        <span className="cv-row">
          <IconButton icon="chevronRight" label={texts.goTo(note.page)} onClick={() => onPage(note.page)} />
          <IconButton icon="close" label={texts.removeNote(note.page)} onClick={() => void remove()} />
        </span>
      }
    >
      <div onBlur={() => void save()}>
        <TextAreaField
          label={texts.editNote(note.page)}
          value={typed ?? note.text}
          onChange={setTyped}
          maxLength={4000}
          rows={1}
        />
      </div>
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
    </Section>
  );
}
