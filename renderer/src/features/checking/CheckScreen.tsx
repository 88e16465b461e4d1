import { Button } from '@mantine/core';
import type { ReportedChange } from '@shared/ipc/signature-report';
import { type DragEvent, useState } from 'react';
import { navigate } from '../../app/router';
import { t } from '../../i18n';
import { chooseForCheck } from '../../platform/desktop';
import { EmptyState, Panes, reportFailure, useCommands } from '../../ui';
import { FileView, type PageMark } from '../reader';
import { ImportButton } from '../signing/ImportButton';
import { CheckPane } from './CheckPane';
import { type CheckPlace, placePath } from './check-path';
import './checking.css';
import { changeText } from './report-words';
import { type SignedRevision, useSignedRevision } from './use-signed-revision';
import { type ChosenFile, type Subject, useSubject } from './use-subject';

type Properties = { readonly sha256: string; readonly place: CheckPlace | null };
type Pointed = { readonly mark: PageMark; readonly goTo: { readonly page: number } };

/** Kiểm tra chữ ký (S05): the pages beside the report; any PDF can be dropped here without being taken in. */
export function CheckScreen({ sha256, place }: Properties) {
  const named = useSubject(sha256, place);
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const [over, setOver] = useState(false);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const revision = useSignedRevision();
  const subject = chosen === null ? named : outside(chosen);

  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      const { ticket, name } = await chooseForCheck(file);
      setPointed(null);
      revision.hide();
      setChosen({ ticket, name });
    } catch (error) {
      reportFailure(error);
    }
  };
  const leave = (): void => {
    if (place !== null) navigate(placePath(place));
    else globalThis.history.back();
  };
  useCommands([{ id: 'check.back', title: t.checking.back, shortcut: 'Escape', run: leave }]);
  const point = (change: ReportedChange): void => {
    revision.hide();
    const mark = { page: change.page, rect: change.rect, label: changeText(change, t) };
    setPointed({ mark, goTo: { page: change.page } });
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void choose(event.dataTransfer.files[0]);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is a second way beside "Chọn tệp PDF"
    <div
      className="cv-check"
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Panes
        screen="check"
        reader={
          <Pages subject={subject ?? null} shown={revision.shown} pointed={pointed} onHide={revision.hide} />
        }
        form={
          <CheckPane
            key={keyOf(subject)}
            subject={subject}
            choose={
              <ImportButton label={t.checking.choose} accept=".pdf" onFiles={([file]) => void choose(file)} />
            }
            onLeave={leave}
            onShowSigned={(of, signature) => {
              setPointed(null);
              revision.show(of, signature).catch(reportFailure);
            }}
            onShowChange={subject?.file == null ? null : point}
          />
        }
      />
    </div>
  );
}

function outside({ ticket, name }: ChosenFile): Subject {
  return { source: { ticket }, name, file: null, place: null };
}

function keyOf(subject: Subject | null | undefined): string {
  if (subject === null || subject === undefined) return '';
  return 'sha256' in subject.source ? subject.source.sha256 : subject.source.ticket;
}

function Pages({
  subject,
  shown,
  pointed,
  onHide,
}: {
  readonly subject: Subject | null;
  readonly shown: SignedRevision | null;
  readonly pointed: Pointed | null;
  readonly onHide: () => void;
}) {
  const words = t.checking;
  if (shown !== null)
    return (
      <div className="cv-check-pages">
        <div className="cv-check-strip" role="status">
          <span className="cv-grow">{words.signedCopy(shown.revision, shown.revisions)}</span>
          {subject?.file == null ? null : <Button onClick={onHide}>{words.showCurrent}</Button>}
        </div>
        <FileView file={shown.file} fresh />
      </div>
    );
  if (subject === null) return <EmptyState title={words.title} hint={words.chooseHint} />;
  if (subject.file === null) return <EmptyState title={words.outside} hint={words.outsideHint} />;
  return (
    <FileView
      file={subject.file}
      {...(pointed === null
        ? {}
        : { goTo: pointed.goTo, marks: pointed.mark.rect.length === 4 ? [pointed.mark] : [] })}
    />
  );
}
