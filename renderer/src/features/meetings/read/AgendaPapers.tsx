import type { Meeting, Note, Paper } from '@shared/schema/meetings';
import type { FileRef } from '@shared/schema/values';
import { useFilePresent, useNotes } from '../../../data';
import { t } from '../../../i18n';
import { Icon, StatusTag } from '../../../ui';
import { plannedTimes } from '../agenda-times';
import { papersOf, type Readable, wholePack } from './paper-order';

type Properties = {
  readonly meeting: Meeting;
  readonly readable: readonly Readable[];
  readonly active: string;
  readonly onOpen: (id: string) => void;
};

/** The agenda with the papers of each item; a paper opens with one click or Enter. */
export function AgendaPapers({ meeting, readable, active, onOpen }: Properties) {
  const notes = useNotes(meeting.id);
  const times = plannedTimes(meeting.startsAt, meeting.agenda);
  const common = papersOf(meeting, '');
  const pack = readable.find((entry) => entry.id === wholePack);
  const texts = t.meetings.read;
  const links = { notes, active, onOpen };
  return (
    <nav className="cv-list-pane" aria-label={texts.agenda}>
      <header className="cv-list-head">
        <h1>{texts.agenda}</h1>
      </header>
      <div className="cv-agenda-papers">
        <ol>
          {meeting.agenda.map((item, index) => (
            <li key={item.id}>
              <p className="cv-agenda-heading">
                <span className="cv-agenda-number">{index + 1}</span>
                <span className="cv-grow">{item.title}</span>
                <span className="cv-soft cv-small">{times[index]?.from}</span>
              </p>
              {item.presenter === '' ? null : <p className="cv-agenda-sub cv-soft">{item.presenter}</p>}
              <PaperLinks papers={papersOf(meeting, item.id)} {...links} />
            </li>
          ))}
        </ol>
        {common.length === 0 ? null : (
          <>
            <p className="cv-agenda-heading">{t.meetings.papers.whole}</p>
            <PaperLinks papers={common} {...links} />
          </>
        )}
        {pack === undefined ? null : (
          <>
            <p className="cv-agenda-heading">{t.meetings.pack.title}</p>
            <PaperLink id={pack.id} title={pack.title} file={pack.file} {...links} />
          </>
        )}
      </div>
    </nav>
  );
}

type Links = {
  readonly notes: readonly Note[];
  readonly active: string;
  readonly onOpen: (id: string) => void;
};

function PaperLinks({ papers, ...links }: Links & { readonly papers: readonly Paper[] }) {
  return (
    <>
      {papers.map(({ id, title, file }) => (
        <PaperLink key={id} id={id} title={title} file={file} {...links} />
      ))}
    </>
  );
}

function PaperLink({
  id,
  title,
  file,
  notes,
  active,
  onOpen,
}: Links & { readonly id: string; readonly title: string; readonly file: FileRef }) {
  const present = useFilePresent(file.sha256);
  const mine = notes.filter((note) => note.paper === id).length;
  const icon = file.kind === 'image' ? 'image' : file.kind === 'video' ? 'video' : 'file';
  return (
    <button
      type="button"
      className="cv-paper-link"
      aria-current={id === active ? 'true' : undefined}
      onClick={() => onOpen(id)}
    >
      <Icon name={icon} />
      <span className="cv-grow">
        <span>{title}</span>
        <span className="cv-soft cv-small cv-person-more">
          {[
            file.pages === 0 ? '' : t.common.file.pages(file.pages),
            mine === 0 ? '' : t.meetings.read.noted(mine),
          ]
            .filter((text) => text !== '')
            .join(' · ')}
        </span>
      </span>
      {present ? null : <StatusTag meaning="warn">{t.meetings.papers.missing}</StatusTag>}
    </button>
  );
}
