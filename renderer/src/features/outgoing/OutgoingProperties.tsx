import type { Stored } from '@shared/domain/plan';
import { shortDate } from '@shared/text/time';
import { useRow } from '../../data';
import { t } from '../../i18n';
import { Facts, momentText, Notice, Section, SidePanel, StatusTag, usePersonName } from '../../ui';
import { SignatureReport } from '../signing';
import { ActionBar } from './ActionBar';
import type { OutgoingAction } from './actions';
import { Deliveries } from './Deliveries';
import { DocumentFiles } from './DocumentFiles';
import { ReturnForm } from './ReturnForm';
import { StageBar } from './StageBar';
import { timelineOf } from './stages';
import type { OutgoingActs } from './use-acts';
import { historyWords, numberAndSymbol, stateWords } from './words';

type Properties = {
  readonly document: Stored<'outgoing'>;
  readonly acts: OutgoingActs;
  readonly onAction: (action: OutgoingAction) => void;
  /** The form for the reason of a return is open. */
  readonly returning: boolean;
  readonly onReturned: () => void;
};

/** Everything about one outgoing document except its pages. */
export function OutgoingProperties({ document, acts, onAction, returning, onReturned }: Properties) {
  const words = t.outgoing.sections;
  const state = stateWords(document);
  const signed = document.state !== 'draft' && document.state !== 'submitted';
  return (
    <SidePanel
      title={numberAndSymbol(document)}
      head={<StatusTag meaning={state.meaning}>{state.text}</StatusTag>}
    >
      <Section title={words.stages}>
        <StageBar document={document} />
      </Section>
      <Section title={words.actions}>
        <div className="cv-stack">
          {document.state === 'draft' && document.returnReason !== '' ? (
            <Notice tone="warn" title={t.outgoing.fields.returnReason}>
              <p>{document.returnReason}</p>
            </Notice>
          ) : null}
          <ActionBar document={document} acts={acts} onAction={onAction} />
          {returning ? (
            <ReturnForm busy={acts.busy} onSave={(reason) => acts.giveBack(reason)} onClose={onReturned} />
          ) : null}
        </div>
      </Section>
      {document.state === 'issued' ? <Receivers document={document} /> : null}
      <Fields document={document} />
      {document.state === 'issued' ? null : <Receivers document={document} />}
      <Section title={words.files}>
        <DocumentFiles document={document} />
      </Section>
      {signed && document.body !== null ? (
        <Section title={words.signatures}>
          <SignatureReport key={document.body.sha256} sha256={document.body.sha256} auto />
        </Section>
      ) : null}
      <Section title={words.history}>
        <History document={document} />
      </Section>
    </SidePanel>
  );
}

/** After the issue the receivers are what the clerk looks for first. */
function Receivers({ document }: { readonly document: Stored<'outgoing'> }) {
  return (
    <Section title={t.outgoing.sections.deliveries}>
      <Deliveries document={document} />
    </Section>
  );
}

function Fields({ document }: { readonly document: Stored<'outgoing'> }) {
  const nameOf = usePersonName();
  const reply = useRow('incoming', document.replyTo === '' ? '-' : document.replyTo);
  const words = t.outgoing.fields;
  const replied = reply === null || reply === undefined ? '' : `${reply.number}/${reply.symbol}`;
  return (
    <Section title={t.outgoing.sections.fields}>
      <Facts
        facts={[
          [words.type, document.type],
          [words.subject, document.subject],
          [words.date, shortDate(document.date)],
          [words.urgency, document.urgency === 'normal' ? '' : t.common.urgency[document.urgency]],
          [words.signer, nameOf(document.signer)],
          [words.capacity, document.capacity],
          [words.drafter, nameOf(document.drafter)],
          [words.replyTo, replied],
          [words.copies, document.copies === 0 ? '' : String(document.copies)],
          [words.issuedAt, momentText(document.issuedAt)],
        ]}
      />
    </Section>
  );
}

function History({ document }: { readonly document: Stored<'outgoing'> }) {
  const nameOf = usePersonName();
  return (
    <ol className="cv-trail">
      {timelineOf(document.history)
        .toReversed()
        .map((entry) => (
          <li key={entry.id}>
            <p>{historyWords(entry)}</p>
            <p className="cv-soft cv-small">
              {nameOf(entry.by)} · {momentText(entry.at)}
            </p>
          </li>
        ))}
    </ol>
  );
}
