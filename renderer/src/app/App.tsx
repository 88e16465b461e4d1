import { MantineProvider } from '@mantine/core';
import { AppError } from '@shared/result/result';
import { useEffect, useState } from 'react';
import { useSession, useWorkplace, type Workplace, WorkplaceProvider } from '../data';
import { RescueScreen, RestoringGate } from '../features/rescue';
import { SignIn } from '../features/sign-in';
import { type Language, language, setLanguage, t } from '../i18n';
import { subscribe } from '../platform/desktop';
import { theme } from '../theme/theme';
import { ErrorNotice, reportFailure } from '../ui';
import { ErrorBoundary } from './ErrorBoundary';
import { Frame } from './Frame';
import { LanguageSwitch } from './language-switch';
import { UsableMark } from './UsableMark';

type Opening =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly workplace: Workplace }
  | { readonly state: 'failed'; readonly error: unknown };

type Properties = { readonly nonce: string; readonly workplace: Promise<Workplace> };

/** The whole page: opens the local data, then asks who is there, then shows the frame. */
export function App({ nonce, workplace }: Properties) {
  const [opening, setOpening] = useState<Opening>({ state: 'opening' });
  const [spoken, setSpoken] = useState<Language>(language);
  useEffect(() => {
    workplace.then(
      (opened) => setOpening({ state: 'open', workplace: opened }),
      (error: unknown) => setOpening({ state: 'failed', error }),
    );
  }, [workplace]);
  const switchLanguage = (next: Language): void => {
    setLanguage(next);
    setSpoken(next);
  };
  return (
    <MantineProvider theme={theme} defaultColorScheme="light" getStyleNonce={() => nonce}>
      <LanguageSwitch value={switchLanguage}>
        <ErrorBoundary key={spoken}>
          <Opened opening={opening} />
        </ErrorBoundary>
      </LanguageSwitch>
    </MantineProvider>
  );
}

function Opened({ opening }: { readonly opening: Opening }) {
  if (opening.state === 'opening') return null;
  if (opening.state === 'open')
    return (
      <WorkplaceProvider workplace={opening.workplace}>
        <RestoringGate>
          <Entrance />
        </RestoringGate>
      </WorkplaceProvider>
    );
  const rescue = rescueReason(opening.error);
  if (rescue !== null) return <RescueScreen reason={rescue} />;
  return (
    <main className="cv-page">
      <h1>{t.common.app}</h1>
      <ErrorNotice error={opening.error}>
        <button type="button" className="cv-link" onClick={() => globalThis.location.reload()}>
          {t.common.actions.retry}
        </button>
      </ErrorNotice>
      <UsableMark />
    </main>
  );
}

/** Only who has unlocked the machine sees the frame. */
function Entrance() {
  const { device, person } = useSession();
  const { session } = useWorkplace();
  useEffect(() => subscribe('session:locked', () => void session.signOut().catch(reportFailure)), [session]);
  const inside = device.enrolment === 'enrolled' && person !== null;
  return (
    <>
      {inside ? <Frame key={person.id} /> : <SignIn />}
      <UsableMark />
    </>
  );
}

/** Whether the local database itself is what failed. */
function rescueReason(error: unknown): 'damaged' | 'missing' | null {
  if (!(error instanceof AppError)) return null;
  if (error.code === 'LOCAL_DATA_DAMAGED') return 'damaged';
  return error.code === 'LOCAL_DATA_MISSING' ? 'missing' : null;
}
