import './look/fonts.css';
import './look/tokens.css';
import './look/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { SessionProvider } from './client/session';
import { startWorker } from './client/worker';
import { Look } from './look/look';
import { Pages, preload } from './pages/pages';
import { startWords } from './words';

await Promise.all([startWords(), preload(location.pathname)]);

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <Look>
      <BrowserRouter>
        <SessionProvider>
          <Pages />
        </SessionProvider>
      </BrowserRouter>
    </Look>
  </StrictMode>,
);

startWorker();
