import { hasFile } from '@shared/domain/intake';
import type { Stored } from '@shared/domain/plan';
import { useCallback, useState } from 'react';
import { address, navigate } from '../../app/router';
import { useRow, useRows } from '../../data';
import { t } from '../../i18n';
import { EmptyState, Panes } from '../../ui';
import { VerdictTag } from '../checking';
import type { FormValues } from '../incoming/register/form-state';
import { RegisterForm } from '../incoming/register/RegisterForm';
import { SavedStrip } from '../incoming/register/SavedStrip';
import type { Registered } from '../incoming/register/use-register';
import { FileView } from '../reader';
import { IntakeList } from './IntakeList';
import { IntakeProperties } from './IntakeProperties';
import { chipOf, itemsOfChip, nextWaiting } from './intake-view';
import { useIntakeActs } from './use-intake-acts';

type Properties = {
  readonly id: string;
  readonly registering: boolean;
  readonly filter: string;
  /** Why the file is to be sent back; '' for no such wish. */
  readonly returning: string;
};
type After = { readonly saved: Registered; readonly carried: FormValues | null } | null;

const shown = 1000;

/** Hộp tiếp nhận: list | file | properties, or the file beside the form of Vào sổ. */
export function IntakeScreen({ id, registering, filter, returning }: Properties) {
  const rows = useRows('intake', { limit: shown });
  const chosen = useRow('intake', id === '' ? '-' : id);
  const chip = chipOf(filter);
  const items = itemsOfChip(rows ?? [], chip);
  const item = id === '' ? (items[0] ?? null) : (chosen ?? null);
  const [after, setAfter] = useState<After>(null);
  const [secret, setSecret] = useState(false);
  const acts = useIntakeActs();

  const pathOf = (row: string): string => `/intake/${encodeURIComponent(row)}`;
  const toList = useCallback(() => navigate(address('/intake', { filter })), [filter]);
  const register = (row: Stored<'intake'>): void => {
    setAfter(null);
    navigate(`${pathOf(row.id)}/register`);
  };
  const saved = (from: Stored<'intake'>, done: Registered, carried: FormValues | null): void => {
    setAfter({ saved: done, carried });
    const next = nextWaiting(rows ?? [], from.id);
    if (next === undefined) toList();
    else navigate(`${pathOf(next.id)}/register`);
  };
  const above =
    after === null ? null : (
      <SavedStrip
        saved={after.saved}
        onSubmit={() =>
          navigate(address(`/incoming/${encodeURIComponent(after.saved.id)}`, { do: 'submit' }))
        }
      />
    );
  const reader = secret ? (
    <EmptyState title={t.incoming.register.secretFile} />
  ) : item === null ? (
    <EmptyState title={t.reader.nothing} />
  ) : !hasFile(item) ? (
    <EmptyState title={t.intake.purged} hint={t.intake.purgedHint} />
  ) : item.problem !== '' && item.file.kind === 'pdf' ? (
    <EmptyState title={t.intake.cannotShow} hint={t.intake.cannotShowHint} />
  ) : (
    <FileView file={item.file} />
  );
  if (registering && item !== null && item.state === 'waiting' && hasFile(item))
    return (
      <Panes
        screen="intake"
        reader={reader}
        form={
          <RegisterForm
            key={item.id}
            intake={item}
            arrived={null}
            correct={null}
            carried={after?.carried ?? null}
            above={
              <>
                {above}
                <VerdictTag file={item.file} />
              </>
            }
            onSaved={(done, next, values) => saved(item, done, next === 'continue' ? values : null)}
            onLeave={() => navigate(address(pathOf(item.id), { filter }))}
            onSecret={setSecret}
            onRemove={async () => {
              if (await acts.remove(item)) toList();
            }}
            onCopy={(number) =>
              void acts.setAside(item, t.incoming.register.duplicateNote(number)).then(toList)
            }
          />
        }
      />
    );
  return (
    <Panes
      screen="intake"
      list={
        <IntakeList
          rows={rows}
          items={items}
          chip={chip}
          activeId={item?.id ?? null}
          above={above}
          onChip={(next) => navigate(address('/intake', { filter: next }))}
          onActive={(row) => navigate(address(pathOf(row), { filter }), { replace: true })}
          onRegister={register}
        />
      }
      reader={reader}
      properties={
        item === null ? undefined : (
          <IntakeProperties
            key={`${item.id} ${returning}`}
            item={item}
            rows={rows ?? []}
            onRegister={() => register(item)}
            returning={returning}
          />
        )
      }
    />
  );
}
