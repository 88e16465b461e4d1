import { Button } from '@mantine/core';
import { address, navigate } from '../../app/router';
import { useSession } from '../../data';
import { t } from '../../i18n';
import { useCommands } from '../../ui';
import { mayDraft } from './actions';

type Properties = {
  /** Intake item or incoming document in front. */
  readonly from: 'intake' | 'incoming';
  readonly id: string;
  /** Whether it has a file that can become the draft. */
  readonly withFile: boolean;
};

/** Begins a draft from what was received: its file as the draft, or an answer to it. */
export function DraftFrom({ from, id, withFile }: Properties) {
  const { person } = useSession();
  const words = t.outgoing.actions;
  const may = mayDraft(person);
  const begin = (origin: 'intake' | 'incoming' | 'reply'): void =>
    navigate(address('/outgoing/new', { [origin]: id }));
  const answers = from === 'incoming';
  useCommands([
    {
      id: 'outgoing.from-file',
      title: words.fromFile,
      run: () => begin(from),
      when: () => may && withFile,
    },
    { id: 'outgoing.reply', title: words.reply, run: () => begin('reply'), when: () => may && answers },
  ]);
  if (!may) return null;
  return (
    <div className="cv-row">
      {answers ? <Button onClick={() => begin('reply')}>{words.reply}</Button> : null}
      {withFile ? <Button onClick={() => begin(from)}>{words.fromFile}</Button> : null}
    </div>
  );
}
