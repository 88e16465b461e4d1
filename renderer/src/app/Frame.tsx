import { useCounts } from '../data';
import { t } from '../i18n';
import { ConfirmHost, EmptyState, Toasts, useShortcuts } from '../ui';
import { ErrorBoundary } from './ErrorBoundary';
import { Footer } from './Footer';
import { FrameCommands } from './FrameCommands';
import { features } from './features';
import { Palette } from './Palette';
import { Rail } from './Rail';
import { matchPath, useLocation } from './router';
import { ShortcutSheet } from './ShortcutSheet';
import { useSettings } from './settings';
import { TitleBar } from './TitleBar';

/** The frame around every screen: title bar, rail, content, footer. */
export function Frame() {
  useShortcuts();
  const counts = useCounts();
  const { railFolded } = useSettings();
  return (
    <div className="cv-frame" data-folded={railFolded ? '' : undefined}>
      <a className="cv-skip" href="#content" onClick={skipToContent}>
        {t.common.frame.skip}
      </a>
      <TitleBar />
      <div className="cv-banners">
        {features.map(({ id, Banner }) => (Banner === undefined ? null : <Banner key={id} />))}
      </div>
      <Rail counts={counts} />
      <main id="content" className="cv-content" tabIndex={-1}>
        <CurrentScreen />
      </main>
      <Footer />
      <FrameCommands />
      {features.map(({ id, Background }) => (Background === undefined ? null : <Background key={id} />))}
      <Palette />
      <ShortcutSheet />
      <ConfirmHost />
      <Toasts />
    </div>
  );
}

function CurrentScreen() {
  const { path, query } = useLocation();
  for (const feature of features) {
    for (const screen of feature.screens) {
      for (const pattern of screen.paths) {
        const parameters = matchPath(pattern, path);
        if (parameters !== null)
          return (
            <ErrorBoundary key={screen.id}>{screen.render({ ...parameters, path }, query)}</ErrorBoundary>
          );
      }
    }
  }
  return <EmptyState title={t.common.frame.notFound} />;
}

function skipToContent(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
