import '@mantine/core/styles.css';
import './theme/fonts';
import './theme/tokens.css';
import './theme/base.css';
import './ui/ui.css';
import './ui/list.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { installTrustedTypes } from './app/trusted-types';
import { openWorkplace } from './data';
import { loadLanguage } from './i18n';
import { door } from './platform/desktop';

const nonce = installTrustedTypes();
loadLanguage();

// A refusal of the main process is shown by the page; it must not end the script.
const workplace = Promise.resolve().then(() => openWorkplace(door()));

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App nonce={nonce} workplace={workplace} />
    </StrictMode>,
  );
}
