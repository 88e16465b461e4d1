import { Button } from '@mantine/core';
import { useWorkplace } from '../../../data';
import { t } from '../../../i18n';
import { reportFailure } from '../../../ui';
import { Part } from '../SigningPart';
import { tryText } from './LevelFacts';
import { raiseAll } from './raising';
import { useRaising } from './use-raising';

/** Giá trị lâu dài của chữ ký: what waits to be raised, why, and doing it now. */
export function RaisingPart() {
  const workplace = useWorkplace();
  const { items, state, hasAuthority } = useRaising();
  const words = t.signingActs.levels;
  const now = (): void => {
    raiseAll(workplace, items).catch(reportFailure);
  };
  return (
    <Part title={words.title}>
      {items.length === 0 ? (
        <p className="cv-soft">{hasAuthority ? words.none : words.noTsa}</p>
      ) : (
        <>
          <p className="cv-soft">{words.intro}</p>
          <div className="cv-row">
            <Button disabled={state.running !== ''} onClick={now}>
              {words.now}
            </Button>
            {state.running === '' ? null : <span role="status">{words.running}</span>}
          </div>
          <ul className="cv-raise-list" aria-label={words.list}>
            {items.map((item) => {
              const last = state.tries.get(item.id);
              return (
                <li key={item.id}>
                  <p className="cv-ellipsis">
                    {item.coll === 'meetings' ? words.minutesOf(item.title) : item.title}
                  </p>
                  <p className="cv-soft cv-small">
                    {words.names[item.level]}
                    {state.running === item.id
                      ? ` · ${words.running}`
                      : last === undefined
                        ? ''
                        : ` · ${tryText(last)}`}
                  </p>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Part>
  );
}
