import type { Stored } from '@shared/domain/plan';
import { useState } from 'react';
import { navigate } from '../../../app/router';
import { t } from '../../../i18n';
import { EmptyState, Panes, useCommands } from '../../../ui';
import { FileView } from '../../reader';
import { MeetingHead, meetingPath } from '../MeetingHead';
import { PackTag } from '../PackTag';
import { AgendaPapers } from './AgendaPapers';
import { NotesPanel } from './NotesPanel';
import { neighbour, readables } from './paper-order';

type Properties = { readonly meeting: Stored<'meetings'>; readonly paper: string };

/** Đọc: the delegate's view. Agenda with papers, the page, private notes; needs no network once the files are here. */
export function ReadMeeting({ meeting, paper }: Properties) {
  const list = readables(meeting, t.meetings.pack.whole);
  const current = list.find((entry) => entry.id === paper) ?? list[0] ?? null;
  const [page, setPage] = useState(1);
  const [wanted, setWanted] = useState<{ readonly page: number } | null>(null);
  const open = (id: string): void => {
    setWanted(null);
    setPage(1);
    navigate(meetingPath(meeting.id, 'read', id), { replace: true });
  };
  const step = (by: -1 | 1): void => {
    const next = current === null ? null : neighbour(list, current.id, by);
    if (next !== null) open(next.id);
  };
  useCommands([
    {
      id: 'meetings.next-paper',
      title: t.meetings.read.nextPaper,
      shortcut: 'Alt+ArrowDown',
      run: () => step(1),
    },
    {
      id: 'meetings.previous-paper',
      title: t.meetings.read.previousPaper,
      shortcut: 'Alt+ArrowUp',
      run: () => step(-1),
    },
  ]);
  return (
    <Panes
      screen="meetings-read"
      list={<AgendaPapers meeting={meeting} readable={list} active={current?.id ?? ''} onOpen={open} />}
      reader={
        <div className="cv-meeting">
          <MeetingHead meeting={meeting} mode="read">
            <div className="cv-reading">
              <PackTag meeting={meeting} />
              {current === null ? null : (
                <span className="cv-soft cv-ellipsis">
                  {t.meetings.read.position(list.indexOf(current) + 1, list.length)}: {current.title}
                </span>
              )}
            </div>
          </MeetingHead>
          <div className="cv-meeting-paper">
            {current === null ? (
              <EmptyState title={t.meetings.read.noPapers} />
            ) : (
              <FileView key={current.id} file={current.file} onPage={setPage} goTo={wanted} />
            )}
          </div>
        </div>
      }
      properties={
        <NotesPanel
          meeting={meeting.id}
          paper={current?.id ?? ''}
          page={page}
          onPage={(number) => setWanted({ page: number })}
        />
      }
    />
  );
}
