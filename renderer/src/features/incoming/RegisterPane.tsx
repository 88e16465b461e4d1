import type { Stored } from '@shared/domain/plan';
import { useState } from 'react';
import { address, navigate } from '../../app/router';
import { VerdictTag } from '../checking';
import type { Mode } from './incoming-view';
import type { FormValues } from './register/form-state';
import { RegisterForm } from './register/RegisterForm';
import { SavedStrip } from './register/SavedStrip';
import type { Registered } from './register/use-register';

type Properties = {
  readonly mode: Mode;
  readonly document: Stored<'incoming'> | null;
  readonly onSecret: (secret: boolean) => void;
  readonly onOpen: (id: string) => void;
};

/** Vào sổ of a document that arrived or of paper, and the correction of a registered one. */
export function RegisterPane({ mode, document, onSecret, onOpen }: Properties) {
  const [round, setRound] = useState(0);
  const [after, setAfter] = useState<{
    readonly saved: Registered;
    readonly carried: FormValues | null;
  } | null>(null);
  return (
    <RegisterForm
      key={round}
      intake={null}
      arrived={mode === 'register' ? document : null}
      correct={mode === 'edit' ? document : null}
      carried={after?.carried ?? null}
      above={
        after === null ? (
          <Verdicts document={document} />
        ) : (
          <SavedStrip
            saved={after.saved}
            onSubmit={() =>
              navigate(address(`/incoming/${encodeURIComponent(after.saved.id)}`, { do: 'submit' }))
            }
          />
        )
      }
      onSaved={(saved, next, values) => {
        if (mode === 'register') {
          onOpen(saved.id);
          return;
        }
        setAfter({ saved, carried: next === 'continue' ? values : null });
        setRound(round + 1);
      }}
      onLeave={() => (document === null || mode === 'paper' ? navigate('/incoming') : onOpen(document.id))}
      onSecret={onSecret}
      onCopy={null}
      onRemove={null}
    />
  );
}

/** What the check of the files that arrived says, while the page is in view. */
function Verdicts({ document }: { readonly document: Stored<'incoming'> | null }) {
  return (document?.files ?? []).map((file) => <VerdictTag key={file.sha256} file={file} />);
}
