import { Button } from '@mantine/core';
import { type FiledItem, hasFile } from '@shared/domain/intake';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import { useState } from 'react';
import { navigate } from '../../app/router';
import { useSession } from '../../data';
import { t } from '../../i18n';
import {
  checkForm,
  ErrorNotice,
  Facts,
  momentText,
  Notice,
  Section,
  SidePanel,
  sizeText,
  TextField,
  usePersonName,
} from '../../ui';
import { SignatureReport, useFileVerdict, VerdictTag } from '../checking';
import { DraftFrom } from '../outgoing';
import { problemCode, twinOf } from './intake-view';
import { useIntakeActs } from './use-intake-acts';

type Properties = {
  readonly item: Stored<'intake'>;
  readonly rows: readonly Stored<'intake'>[];
  readonly onRegister: () => void;
  /** Why the file is to be sent back; '' unless the form of that is to be open. */
  readonly returning: string;
};

/** What is known of a taken file, what is wrong with it, and what can be done; or the record of its removal. */
export function IntakeProperties({ item, ...rest }: Properties) {
  return hasFile(item) ? <FileProperties item={item} {...rest} /> : <Purged item={item} />;
}

function Purged({ item }: { readonly item: Stored<'intake'> }) {
  const nameOf = usePersonName();
  return (
    <SidePanel title={t.intake.purged}>
      <div className="cv-stack">
        <Facts
          facts={[
            [t.intake.purgedAt, momentText(item.at)],
            [t.intake.purgedBy, nameOf(item.by)],
          ]}
        />
        <p className="cv-soft">{t.intake.purgedHint}</p>
      </div>
    </SidePanel>
  );
}

type OfFile = Omit<Properties, 'item'> & { readonly item: FiledItem };

function FileProperties({ item, rows, onRegister, returning }: OfFile) {
  const nameOf = usePersonName();
  const { file } = item;
  const problem = problemCode(item.problem);
  const twin = twinOf(rows, item);
  return (
    <SidePanel
      title={t.intake.details}
      foot={<Actions item={item} onRegister={onRegister} returning={returning} />}
    >
      <div className="cv-stack">
        {problem === null ? null : <ErrorNotice error={new AppError(problem, file.name)} />}
        {twin === undefined ? null : <Twin twin={twin} />}
        <Section title={file.name}>
          <Facts
            facts={[
              [t.intake.columns.state, t.intake.states[item.state]],
              [t.intake.columns.source, t.intake.sources[item.source]],
              [t.intake.columns.at, momentText(item.at)],
              [t.intake.by, nameOf(item.by)],
              [t.intake.columns.pages, file.pages === 0 ? '' : file.pages],
              [t.intake.columns.size, sizeText(file.size)],
              [t.intake.note, item.note],
              [t.intake.hash, <code key="hash">{file.sha256.slice(0, 16)}…</code>],
            ]}
          />
        </Section>
        {file.kind === 'pdf' && problem === null ? (
          <Section title={t.incoming.sections.signatures} aside={<VerdictTag file={file} />}>
            <SignatureReport file={file} place={{ from: 'intake', id: item.id }} />
          </Section>
        ) : null}
      </div>
    </SidePanel>
  );
}

function Twin({ twin }: { readonly twin: FiledItem }) {
  const registered = twin.incomingId !== '';
  const to = registered
    ? `/incoming/${encodeURIComponent(twin.incomingId)}`
    : `/intake/${encodeURIComponent(twin.id)}`;
  return (
    <Notice
      tone="warn"
      title={t.intake.duplicateOf(twin.file.name)}
      safe={t.intake.duplicateSafe}
      todo={t.intake.duplicateTodo}
    >
      <Button onClick={() => navigate(to)}>{registered ? t.intake.openDocument : t.intake.openOther}</Button>
    </Notice>
  );
}

function Actions({ item, onRegister, returning }: Omit<OfFile, 'rows'>) {
  const { person } = useSession();
  const acts = useIntakeActs();
  const [asking, setAsking] = useState<'set-aside' | 'return' | null>(returning === '' ? null : 'return');
  const [reason, setReason] = useState(returning);
  const verdict = useFileVerdict(item.file.kind === 'pdf' ? item.file.sha256 : '')?.verdict;
  const giveBack = (): void => {
    setReason(t.checking.returnNote(t.signing.report.meanings.invalid));
    setAsking('return');
  };
  const clerk = person?.roles.includes('clerk') === true;
  if (item.state === 'registered')
    return (
      <Button onClick={() => navigate(`/incoming/${encodeURIComponent(item.incomingId)}`)}>
        {t.intake.openRegistered}
      </Button>
    );
  if (!clerk) return <DraftFrom from="intake" id={item.id} withFile={item.file.kind === 'pdf'} />;
  if (item.state === 'set-aside')
    return <Button onClick={() => void acts.restore(item)}>{t.intake.restore}</Button>;
  if (asking !== null)
    return (
      <form
        noValidate
        className="cv-stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (checkForm(event.currentTarget)) void acts.setAside(item, reason.trim());
        }}
      >
        <TextField
          label={asking === 'return' ? t.incoming.return.reason : t.intake.setAsideReason}
          value={reason}
          onChange={setReason}
          maxLength={500}
          required
          focusFirst
        />
        <div className="cv-row">
          <Button type="submit" variant="filled">
            {asking === 'return' ? t.checking.actions.giveBack : t.intake.setAside}
          </Button>
          <Button onClick={() => setAsking(null)}>{t.common.actions.cancel}</Button>
        </div>
      </form>
    );
  return (
    <div className="cv-row">
      <Button variant="filled" onClick={onRegister} title="Enter">
        {t.intake.register}
      </Button>
      <Button onClick={() => setAsking('set-aside')}>{t.intake.setAside}</Button>
      {verdict === 'invalid' ? <Button onClick={giveBack}>{t.checking.actions.giveBack}</Button> : null}
      <DraftFrom from="intake" id={item.id} withFile={item.file.kind === 'pdf'} />
    </div>
  );
}
