import '@mantine/core/styles.css';
import { MantineProvider, Title } from '@mantine/core';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { installTrustedTypes } from './app/trusted-types';

const nonce = installTrustedTypes();

function FirstScreen() {
  useEffect(() => {
    // The main process waits for this mark before it says that the window can be used.
    document.documentElement.dataset['usable'] = '';
  }, []);
  return <Title order={1}>{document.title}</Title>;
}

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider getStyleNonce={() => nonce}>
        <FirstScreen />
      </MantineProvider>
    </StrictMode>,
  );
}
