import type { Stored } from '@shared/domain/plan';
import type { Person } from '@shared/schema/people';
import { useState } from 'react';
import { usePeople, useSession } from '../../data';
import { t } from '../../i18n';
import {
  addWorkingDays,
  DateField,
  PeoplePicker,
  PersonPicker,
  TextAreaField,
  toast,
  useToday,
} from '../../ui';
import { ActionBox } from './ActionBox';
import type { IncomingActs } from './use-incoming-acts';

type Properties = {
  readonly acts: IncomingActs;
  readonly ids: readonly string[];
  readonly onClose: () => void;
};

function isLeader(person: Person): boolean {
  return person.roles.includes('leader');
}

/** Trình: who is to give the opinion. */
export function SubmitForm({ acts, ids, onClose }: Properties) {
  const { device } = useSession();
  const people = usePeople();
  const among = (person: Person): boolean => isLeader(person) && person.unit === device.unit;
  const [chosen, setLeader] = useState<string | null>(null);
  const leader = chosen ?? [...people.values()].find(among)?.id ?? '';
  return (
    <ActionBox
      title={t.incoming.submit.title}
      save={t.incoming.submit.save}
      onClose={onClose}
      onSave={async () => {
        await acts.submit(ids, leader);
        toast(t.incoming.done.submit(ids.length));
      }}
    >
      <PersonPicker
        label={t.incoming.submit.leader}
        value={leader}
        onChange={setLeader}
        among={among}
        required
      />
    </ActionBox>
  );
}

const dueSteps = [3, 5, 10] as const;

/** Bút phê: opinion, exactly one chủ trì, phối hợp, nhận để biết and the deadline. */
export function AssignForm({
  acts,
  ids,
  document,
  onClose,
  onNext,
}: Properties & { readonly document: Stored<'incoming'>; readonly onNext: () => void }) {
  const { device } = useSession();
  const today = useToday();
  const words = t.incoming.assign;
  const before = document.assignment;
  const [text, setText] = useState('');
  const [lead, setLead] = useState(before?.lead ?? '');
  const [support, setSupport] = useState<readonly string[]>(before?.support ?? []);
  const [informed, setInformed] = useState<readonly string[]>(before?.informed ?? []);
  const [due, setDue] = useState(before?.due ?? document.dueDate);
  const ours = (person: Person): boolean => person.unit === device.unit;
  return (
    <ActionBox
      title={words.title}
      save={words.save}
      onClose={onClose}
      onSave={async () => {
        await acts.assign(ids, text.trim(), { lead, support: [...support], informed: [...informed], due });
        toast(t.incoming.done.assign(ids.length));
      }}
      also={{ label: words.saveNext, onSaved: onNext }}
    >
      <TextAreaField
        label={words.text}
        value={text}
        onChange={setText}
        maxLength={4000}
        rows={3}
        required
        focusFirst
      />
      <div className="cv-phrases" role="group" aria-label={words.phrases}>
        {Object.values(words.phrase).map((phrase) => (
          <button
            key={phrase}
            type="button"
            className="cv-chip"
            title={phrase}
            onClick={() => setText((typed) => (typed === '' ? phrase : `${typed.trimEnd()} ${phrase}`))}
          >
            <span className="cv-ellipsis">{phrase}</span>
          </button>
        ))}
      </div>
      <PersonPicker label={words.lead} value={lead} onChange={setLead} among={ours} required />
      <PeoplePicker label={words.support} value={support} onChange={setSupport} among={ours} />
      <PeoplePicker label={words.informed} value={informed} onChange={setInformed} among={ours} />
      <DateField label={words.due} value={due} onChange={setDue} today={today} />
      <div className="cv-phrases">
        {dueSteps.map((days) => (
          <button
            key={days}
            type="button"
            className="cv-chip"
            onClick={() => setDue(addWorkingDays(today, days))}
          >
            {words.dueIn(days)}
          </button>
        ))}
      </div>
    </ActionBox>
  );
}

type TextProperties = {
  readonly title: string;
  readonly label: string;
  readonly save: string;
  readonly phrases?: readonly string[];
  /** What the field begins with. */
  readonly initial?: string;
  readonly onSave: (text: string) => Promise<void>;
  readonly onClose: () => void;
};

/** An act that needs one text: result, reason or opinion. */
export function TextActForm({
  title,
  label,
  save,
  phrases = [],
  initial = '',
  onSave,
  onClose,
}: TextProperties) {
  const [text, setText] = useState(initial);
  return (
    <ActionBox title={title} save={save} onClose={onClose} onSave={() => onSave(text.trim())}>
      <TextAreaField
        label={label}
        value={text}
        onChange={setText}
        maxLength={1000}
        rows={3}
        required
        focusFirst
      />
      {phrases.length === 0 ? null : (
        <div className="cv-phrases">
          {phrases.map((phrase) => (
            <button key={phrase} type="button" className="cv-chip" onClick={() => setText(phrase)}>
              <span className="cv-ellipsis">{phrase}</span>
            </button>
          ))}
        </div>
      )}
    </ActionBox>
  );
}
