import { Button } from '@mantine/core';
import { keepIncomingCopy } from '@shared/domain/electronic-copy';
import { formatNumber } from '@shared/domain/numbering';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { shortDate } from '@shared/text/time';
import type { ReactNode } from 'react';
import { useRun, useSession, useUnits } from '../../data';
import { t } from '../../i18n';
import { DeadlineTag, Facts, Section, SidePanel, UrgencyTag, usePersonName, useToday } from '../../ui';
import { DraftFrom } from '../outgoing';
import { KeepHere } from '../reader';
import { Copies } from '../signing/copies/Copies';
import { type IncomingAction, mainAction } from './actions';
import { FilesSection } from './FilesSection';
import { HistorySection, OpinionsSection } from './HistorySection';
import { StateTag } from './IncomingRow';
import { numberAndSymbol } from './incoming-view';

type Row = Stored<'incoming'>;
type Properties = {
  readonly document: Row;
  /** How many documents the acts are for. */
  readonly count: number;
  readonly actions: readonly IncomingAction[];
  readonly onAction: (action: IncomingAction, reason?: string) => void;
  readonly onSlip: () => void;
  /** The open form of an act, in the place of the buttons. */
  readonly form: ReactNode;
};

/** Everything about one document beside its pages. */
export function IncomingProperties({ document, count, actions, onAction, onSlip, form }: Properties) {
  const number =
    document.arrivalNumber === 0 ? t.incoming.notRegistered : formatNumber(document.arrivalNumber);
  return (
    <SidePanel title={count > 1 ? t.incoming.several(count) : t.common.frame.properties}>
      <div className="cv-doc-head">
        <div className="cv-row">
          <span
            className={document.arrivalNumber === 0 ? 'cv-soft' : 'cv-doc-big'}
            title={t.incoming.fields.arrivalNumber}
          >
            {number}
          </span>
          <span className="cv-grow" />
          <UrgencyTag urgency={document.urgency} />
          <StateTag state={document.state} />
        </div>
        <p className="cv-doc-subject">{document.subject}</p>
      </div>
      {form ?? (
        <ActionButtons
          actions={actions}
          registered={document.arrivalNumber > 0}
          state={document.state}
          onAction={onAction}
          onSlip={onSlip}
        />
      )}
      <AssignmentSection document={document} />
      <FieldsSection document={document} />
      <OpinionsSection document={document} />
      <FilesSection
        document={document}
        onReturn={actions.includes('return') ? (reason) => onAction('return', reason) : null}
      />
      {document.files.length === 0 ? null : <KeepHere coll="incoming" id={document.id} />}
      <CopiesSection document={document} />
      <DraftFrom from="incoming" id={document.id} withFile={document.files.length > 0} />
      <HistorySection document={document} />
    </SidePanel>
  );
}

/** A clerk makes copies of what was registered (Điều 25). */
function CopiesSection({ document }: { readonly document: Row }) {
  const { person } = useSession();
  const run = useRun();
  return (
    <Copies
      of={{ coll: 'incoming', id: document.id }}
      files={document.files}
      copies={document.electronicCopies ?? {}}
      mayCopy={document.arrivalNumber > 0 && person?.roles.includes('clerk') === true}
      keep={(copy) =>
        run(async (context, read) => {
          const row = await read('incoming', document.id);
          if (row === null) throw new AppError('NOT_FOUND', document.id);
          return keepIncomingCopy(context, row, copy);
        })
      }
    />
  );
}

const keys: Partial<Record<IncomingAction, string>> = { assign: 'B', correct: 'F2', submit: 'Ctrl+Enter' };

function ActionButtons({
  actions,
  registered,
  state,
  onAction,
  onSlip,
}: Pick<Properties, 'actions' | 'onAction' | 'onSlip'> & {
  readonly registered: boolean;
  readonly state: Row['state'];
}) {
  const main = mainAction(actions, state);
  return (
    <div className="cv-row" role="group" aria-label={t.incoming.sections.actions}>
      {actions.map((action) => (
        <Button
          key={action}
          variant={action === main ? 'filled' : 'default'}
          onClick={() => onAction(action)}
          {...(keys[action] === undefined ? {} : { title: keys[action] })}
        >
          {t.incoming.actions[action]}
        </Button>
      ))}
      {registered ? (
        <Button onClick={onSlip} title="Ctrl+P">
          {t.incoming.actions.slip}
        </Button>
      ) : null}
    </div>
  );
}

function AssignmentSection({ document }: { readonly document: Row }) {
  const nameOf = usePersonName();
  const today = useToday();
  const words = t.incoming.fields;
  const { assignment } = document;
  if (document.submittedTo === '' && assignment === null) return null;
  return (
    <Section title={t.incoming.sections.assignment}>
      <Facts
        facts={[
          [words.submittedTo, nameOf(document.submittedTo)],
          [words.lead, nameOf(assignment?.lead ?? '')],
          [words.support, (assignment?.support ?? []).map(nameOf).join(', ')],
          [words.informed, (assignment?.informed ?? []).map(nameOf).join(', ')],
          [
            words.due,
            document.dueDate === '' ? (
              ''
            ) : (
              <DeadlineTag key="due" due={document.dueDate} today={today} done={document.state === 'done'} />
            ),
          ],
          [words.result, document.result],
        ]}
      />
    </Section>
  );
}

function FieldsSection({ document }: { readonly document: Row }) {
  const units = useUnits();
  const words = t.incoming.fields;
  const signer = [document.signerPosition, document.signerName].filter((part) => part !== '').join(' ');
  return (
    <Section title={t.incoming.sections.fields}>
      <Facts
        facts={[
          [words.numberAndSymbol, numberAndSymbol(document)],
          [words.date, shortDate(document.date)],
          [words.issuer, document.issuer],
          [words.type, document.type],
          [words.signer, signer],
          [words.arrivalDate, shortDate(document.arrivalDate)],
          [words.pages, document.pages === 0 ? '' : document.pages],
          [words.paperPlace, document.paperPlace],
          [words.note, document.note],
          [words.from, document.exchangeFrom === '' ? '' : (units.get(document.exchangeFrom)?.name ?? '')],
          [words.returnReason, document.returnReason],
        ]}
      />
    </Section>
  );
}
