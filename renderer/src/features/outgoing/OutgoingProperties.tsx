import { keepOutgoingCopy } from '@shared/domain/electronic-copy';
import type { Stored } from '@shared/domain/plan';
import { shortDate } from '@shared/text/time';
import { useRow, useRun, useSession } from '../../data';
import { t } from '../../i18n';
import { Facts, momentText, Notice, Section, SidePanel, StatusTag, usePersonName } from '../../ui';
import { SignatureReport } from '../checking';
import { KeepHere } from '../reader';
import { Copies } from '../signing/copies/Copies';
import { LevelFacts } from '../signing/levels/LevelFacts';
import { ActionBar } from './ActionBar';
import { freshDocument } from './acting';
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
        <KeepHere coll="outgoing" id={document.id} />
      </Section>
      <CopiesSection document={document} />
      {signed && document.body !== null ? (
        <Section title={words.signatures}>
          <LevelFacts id={document.id} signature={document.signature} />
          <SignatureReport
            key={document.body.sha256}
            file={document.body}
            place={{ from: 'outgoing', id: document.id }}
            auto
          />
        </Section>
      ) : null}
      <Section title={words.history}>
        <History document={document} />
      </Section>
    </SidePanel>
  );
}

/** A clerk makes copies of what was issued (Điều 25). */
function CopiesSection({ document }: { readonly document: Stored<'outgoing'> }) {
  const { person } = useSession();
  const run = useRun();
  return (
    <Copies
      of={{ coll: 'outgoing', id: document.id }}
      files={document.body === null ? document.annexes : [document.body, ...document.annexes]}
      copies={document.electronicCopies ?? {}}
      mayCopy={document.state === 'issued' && person?.roles.includes('clerk') === true}
      keep={(copy) =>
        run(async (context, read) => keepOutgoingCopy(context, await freshDocument(read, document.id), copy))
      }
    />
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
