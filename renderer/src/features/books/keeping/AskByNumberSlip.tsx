import { Button } from '@mantine/core';
import { formatNumber } from '@shared/domain/numbering';
import { useState } from 'react';
import { useBookFor, useRows, useSession } from '../../../data';
import { t } from '../../../i18n';
import { ChoiceField, ErrorNotice, Section, TextAreaField, toast, useTask } from '../../../ui';
import { AskOverLan } from './AskOverLan';
import { SlipView } from './SlipView';
import { useNumberSlips } from './use-number-slips';

/** Xin cấp số bằng phiếu: for a machine that has a signed document and no book, while the server is out of reach. */
export function AskByNumberSlip() {
  const { device } = useSession();
  const slips = useNumberSlips();
  const task = useTask();
  const rows = useRows('outgoing', { selector: { state: { $in: ['signed', 'waiting-number'] } } });
  const waiting = (rows ?? []).filter(({ unit }) => unit === device.unit);
  const [chosen, setChosen] = useState('');
  const [request, setRequest] = useState<string | null>(null);
  const [answer, setAnswer] = useState('');
  const words = t.keeping.ask;
  const document = waiting.find(({ id }) => id === chosen) ?? waiting[0];
  const { book, held } = useBookFor('outgoing', document?.type ?? '');
  // Here the number is given at the document itself.
  if (document === undefined || held) return null;
  const ask = (): Promise<boolean> => task.run(async () => setRequest(await slips.request(document)));
  const take = (): Promise<boolean> =>
    task.run(async () => {
      toast(words.took(formatNumber(await slips.take(answer))));
      setRequest(null);
      setAnswer('');
    });
  return (
    <Section title={words.title}>
      <div className="cv-stack">
        <p className="cv-soft">{words.hint}</p>
        <div className="cv-row cv-row-field">
          <ChoiceField
            label={words.document}
            value={document.id}
            choices={waiting.map(({ id, type, subject }) => ({ value: id, label: `${type}: ${subject}` }))}
            onChange={(id) => {
              setChosen(id);
              setRequest(null);
            }}
          />
          <Button disabled={task.busy} onClick={() => void ask()}>
            {words.request}
          </Button>
        </div>
        {book === null || book.owner === '' ? null : <AskOverLan document={document} holder={book.owner} />}
        {request === null ? null : <SlipView label={words.request} text={request} hint={words.hint} />}
        <TextAreaField label={words.answer} value={answer} onChange={setAnswer} rows={2} maxLength={4000} />
        <div className="cv-row">
          <Button disabled={task.busy || answer.trim() === ''} onClick={() => void take()}>
            {words.take}
          </Button>
        </div>
        {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      </div>
    </Section>
  );
}
