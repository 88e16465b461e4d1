import { Button } from '@mantine/core';
import { electorateOf, recordVote, votePasses } from '@shared/domain/meeting';
import { voteResult } from '@shared/domain/minutes';
import type { Stored } from '@shared/domain/plan';
import { AppError } from '@shared/result/result';
import type { AgendaItem, VoteRule } from '@shared/schema/meetings';
import { type FormEvent, useState } from 'react';
import { useRun, useSession } from '../../../data';
import { t } from '../../../i18n';
import {
  ChoiceField,
  checkForm,
  ErrorNotice,
  Notice,
  StatusTag,
  TextAreaField,
  TextField,
  useTask,
} from '../../../ui';
import { mayDo } from '../permissions';
import { WhyNot } from './WhyNot';

type Properties = { readonly meeting: Stored<'meetings'>; readonly item: AgendaItem | null };

/** Biểu quyết giơ tay: the question of the item, the rule, three counts; the result is there before it is recorded. */
export function VoteTab({ meeting, item }: Properties) {
  const { person } = useSession();
  const run = useRun();
  const task = useTask();
  const texts = t.meetings.run.vote;
  const [question, setQuestion] = useState(item === null ? '' : texts.prefill(item.title));
  const [rule, setRule] = useState<VoteRule>({ threshold: 'over-half', denominator: 'summoned' });
  const [typed, setTyped] = useState({ agree: '', disagree: '', other: '' });
  const counts = {
    agree: readCount(typed.agree),
    disagree: readCount(typed.disagree),
    other: readCount(typed.other),
  };
  const electorate = electorateOf(meeting);
  const sum = counts.agree + counts.disagree + counts.other;
  const tooMany = sum > electorate.present;
  const begun = typed.agree !== '';
  if (!mayDo('meeting.vote', meeting, person)) return <WhyNot meeting={meeting} />;
  const record = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (!checkForm(event.currentTarget) || tooMany) return;
    const done = await task.run(() =>
      run(async (context, read) => {
        const row = await read('meetings', meeting.id);
        if (row === null) throw new AppError('NOT_FOUND', meeting.id);
        return recordVote(context, row, {
          agendaItem: item?.id ?? '',
          question: question.trim(),
          rule,
          ...counts,
        });
      }),
    );
    if (!done) return;
    setTyped({ agree: '', disagree: '', other: '' });
  };
  const count = (key: keyof typeof typed, required: boolean) => (
    <TextField
      label={texts[key]}
      value={typed[key]}
      onChange={(value) => setTyped({ ...typed, [key]: value.replace(/\D/gu, '').slice(0, 5) })}
      inputMode="numeric"
      required={required}
    />
  );
  return (
    <form
      noValidate
      className="cv-meeting-tab cv-stack"
      aria-label={texts.form}
      onSubmit={(event) => void record(event)}
    >
      <TextAreaField
        label={texts.question}
        value={question}
        onChange={setQuestion}
        required
        maxLength={500}
      />
      <div className="cv-field-pair">
        <ChoiceField
          label={texts.rule}
          value={rule.threshold}
          choices={(['over-half', 'two-thirds'] as const).map((value) => ({
            value,
            label: texts.thresholds[value],
          }))}
          onChange={(threshold) => setRule({ ...rule, threshold })}
        />
        <ChoiceField
          label={texts.denominator}
          value={rule.denominator}
          choices={(['summoned', 'present'] as const).map((value) => ({
            value,
            label: texts.denominators[value],
          }))}
          onChange={(denominator) => setRule({ ...rule, denominator })}
        />
      </div>
      <p className="cv-soft">{texts.electorate(electorate.present, electorate.summoned)}</p>
      <div className="cv-vote-counts">
        {count('agree', true)}
        {count('disagree', false)}
        {count('other', false)}
      </div>
      {tooMany ? (
        <Notice tone="bad" title={texts.tooMany(sum, electorate.present)} />
      ) : begun ? (
        <p role="status">
          {texts.preview}: <Result rule={rule} agree={counts.agree} electorate={electorate} />
          {sum < electorate.present ? (
            <span className="cv-soft"> · {texts.left(electorate.present - sum)}</span>
          ) : null}
        </p>
      ) : null}
      {task.error === null ? null : <ErrorNotice error={task.error} onDismiss={task.clear} />}
      <div className="cv-row">
        <Button type="submit" variant="filled" disabled={task.busy || tooMany}>
          {texts.record}
        </Button>
      </div>
    </form>
  );
}

function Result({
  rule,
  agree,
  electorate,
}: {
  readonly rule: VoteRule;
  readonly agree: number;
  readonly electorate: { readonly summoned: number; readonly present: number };
}) {
  const passed = votePasses(rule, agree, electorate);
  return (
    <StatusTag meaning={passed ? 'good' : 'bad'}>
      {voteResult({ rule, agree, passed, ...electorate })}
    </StatusTag>
  );
}

function readCount(typed: string): number {
  return typed === '' ? 0 : Number(typed);
}
