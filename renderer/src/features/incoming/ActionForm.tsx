import type { Stored } from '@shared/domain/plan';
import { t } from '../../i18n';
import { toast } from '../../ui';
import { AssignForm, SubmitForm, TextActForm } from './ActionForms';
import type { IncomingAction } from './actions';
import type { IncomingActs } from './use-incoming-acts';

type Properties = {
  readonly action: IncomingAction;
  readonly acts: IncomingActs;
  readonly ids: readonly string[];
  readonly document: Stored<'incoming'>;
  /** Why it is sent back, as far as that is known already. */
  readonly reason: string;
  readonly onClose: () => void;
  readonly onNext: () => void;
};

/** The form of the act that was chosen; nothing for acts without one. */
export function ActionForm({ action, acts, ids, document, reason, onClose, onNext }: Properties) {
  const words = t.incoming;
  switch (action) {
    case 'submit':
      return <SubmitForm acts={acts} ids={ids} onClose={onClose} />;
    case 'assign':
      return <AssignForm acts={acts} ids={ids} document={document} onClose={onClose} onNext={onNext} />;
    case 'finish':
      return (
        <TextActForm
          title={words.finish.title}
          label={words.finish.result}
          save={words.finish.save}
          onClose={onClose}
          onSave={async (text) => {
            await acts.finish(document.id, text);
            toast(words.done.finish);
          }}
        />
      );
    case 'return':
      return (
        <TextActForm
          title={words.return.title}
          label={words.return.reason}
          save={words.return.save}
          phrases={Object.values(words.return.phrase)}
          initial={reason}
          onClose={onClose}
          onSave={async (text) => {
            await acts.giveBack(document.id, text);
            toast(words.done.return);
          }}
        />
      );
    case 'comment':
      return (
        <TextActForm
          title={words.comment.title}
          label={words.comment.text}
          save={words.comment.save}
          onClose={onClose}
          onSave={async (text) => {
            await acts.comment(document.id, text);
            toast(words.done.comment);
          }}
        />
      );
    default:
      return null;
  }
}
