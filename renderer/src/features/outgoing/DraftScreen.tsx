import { Button } from '@mantine/core';
import { navigate } from '../../app/router';
import { t } from '../../i18n';
import { EmptyState, Panes } from '../../ui';
import { FileReader } from '../reader';
import { type Acting, useActing } from './acting';
import { DraftForm } from './DraftForm';
import { type DraftOrigin, type DraftSource, useDraftSource } from './draft-source';
import { pageOf } from './draft-values';
import { useDraft } from './use-draft';

/** Soạn văn bản đi: the page with the form beside it. */
export function DraftScreen({ id, origin }: { readonly id: string; readonly origin: DraftOrigin }) {
  const acting = useActing();
  const source = useDraftSource(id, origin);
  if (acting === null || source === undefined) return null;
  if (source === null)
    return (
      <EmptyState title={t.outgoing.draft.notDraft}>
        <Button onClick={() => navigate(documentAddress(id))}>{t.common.actions.back}</Button>
      </EmptyState>
    );
  const key = [id, origin.intake, origin.incoming, origin.reply].join('|');
  return <DraftPanes key={key} acting={acting} source={source} />;
}

function DraftPanes({ acting, source }: { readonly acting: Acting; readonly source: DraftSource }) {
  const draft = useDraft(acting, source);
  const { values } = draft;
  const page = pageOf(values);
  const files = page === null ? values.annexes : [page, ...values.annexes];
  const shown = values.secrecy === 'none' ? files : [];
  return (
    <Panes
      screen="outgoing"
      reader={
        shown.length === 0 ? (
          <NoPage secret={values.secrecy !== 'none'} />
        ) : (
          <FileReader key={shown[0]?.sha256} files={shown} />
        )
      }
      form={<DraftForm draft={draft} onLeave={(id) => navigate(documentAddress(id))} />}
    />
  );
}

function NoPage({ secret }: { readonly secret: boolean }) {
  const words = t.outgoing.draft;
  if (secret) return <EmptyState title={words.secretPage} />;
  return <EmptyState title={words.noPreview} hint={words.noPreviewHint} />;
}

function documentAddress(id: string): string {
  return id === '' ? '/outgoing' : `/outgoing/${encodeURIComponent(id)}`;
}
