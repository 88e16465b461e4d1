import type { ReportedSignature } from '@shared/ipc/signature-report';
import type { FileRef } from '@shared/schema/values';
import { useEffect, useRef, useState } from 'react';
import { useWorkplace } from '../../data';
import { t } from '../../i18n';
import { invoke } from '../../platform/desktop';
import { reportFailure } from '../../ui';
import type { Subject } from './use-subject';

export type SignedRevision = {
  readonly file: FileRef;
  readonly revision: number;
  readonly revisions: number;
};

/** "Xem bản đã ký": what a signature covers, made when it is asked for and gone when the person leaves. */
export function useSignedRevision(): {
  readonly shown: SignedRevision | null;
  readonly show: (subject: Subject, signature: ReportedSignature) => Promise<void>;
  readonly hide: () => void;
} {
  const { files } = useWorkplace();
  const [shown, setShown] = useState<SignedRevision | null>(null);
  const made = useRef<readonly FileRef[]>([]);
  useEffect(
    () => () => {
      files.dropLoose(made.current).catch(reportFailure);
    },
    [files],
  );
  const show = async ({ source, name }: Subject, signature: ReportedSignature): Promise<void> => {
    const { field, revision, revisions } = signature;
    const { file } = await invoke('signing:extract-revision', {
      source,
      field,
      name: t.checking.signedName(name, revision).slice(0, 255),
    });
    made.current = [...made.current, file];
    files.keepLoose([file]);
    setShown({ file, revision, revisions });
  };
  return { shown, show, hide: () => setShown(null) };
}
