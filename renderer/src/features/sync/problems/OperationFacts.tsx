import type { Operation } from '@shared/sync/operation';
import { navigate } from '../../../app/router';
import { t } from '../../../i18n';
import { Facts, momentText } from '../../../ui';
import { screenOf, useNameOf } from '../names';
import { contentOf, mainChange } from '../operation-words';

/** Who did an operation and when, what it wanted to write, and the way to what it is about. */
export function OperationFacts({ operation }: { readonly operation: Operation }) {
  const nameOf = useNameOf();
  const main = mainChange(operation);
  const to = main === undefined ? '' : screenOf(main.coll, main.id);
  return (
    <>
      <p className="cv-soft">
        {nameOf(operation.actor) || t.sync.noPerson} · {momentText(operation.at)}
        {to === '' ? null : (
          <>
            {' · '}
            <button type="button" className="cv-link" onClick={() => navigate(to)}>
              {t.common.actions.open}
            </button>
          </>
        )}
      </p>
      <details>
        <summary>{t.sync.problems.content}</summary>
        <Facts facts={contentOf(operation, t.sync, nameOf).map((field) => [field.label, field.value])} />
      </details>
    </>
  );
}
