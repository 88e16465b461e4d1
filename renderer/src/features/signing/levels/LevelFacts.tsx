import { AppError } from '@shared/result/result';
import type { SignatureState } from '@shared/schema/signature-state';
import { useStream } from '../../../data';
import { messageOf, t } from '../../../i18n';
import { Facts, momentText } from '../../../ui';
import { raising } from './raising';
import type { RaiseTry } from './raising-schedule';

/** How long-lived the signatures of a document are, when that was raised, and what is in the way of more. */
export function LevelFacts({
  id,
  signature,
}: {
  readonly id: string;
  readonly signature: SignatureState | undefined;
}) {
  const { running, tries } = useStream(raising, raising.value);
  if (signature === undefined) return null;
  const words = t.signingActs.levels;
  const last = tries.get(id);
  return (
    <>
      <Facts
        facts={[
          [words.level, words.names[signature.level]],
          [words.raisedAt, momentText(signature.raisedAt)],
        ]}
      />
      {running === id ? <p role="status">{words.running}</p> : null}
      {last === undefined || running === id ? null : <p className="cv-soft cv-small">{tryText(last)}</p>}
    </>
  );
}

/** Why a file has not reached the level, and when it is tried again. */
export function tryText({ error, missing, nextAt }: RaiseTry): string {
  const words = t.signingActs.levels;
  const why = missing.length > 0 ? words.missing(missing.join(', ')) : failureText(error);
  return `${why} · ${words.nextTry(momentText(new Date(nextAt).toISOString()))}`;
}

const unreachable: ReadonlySet<string> = new Set(['TSA_UNREACHABLE', 'SERVICE_UNREACHABLE']);

function failureText(error: unknown): string {
  const words = t.signingActs.levels;
  if (error instanceof AppError && unreachable.has(error.code)) return words.waiting;
  return `${words.failed}: ${messageOf(error).what}`;
}
