import './look/fonts.css';
import './look/tokens.css';
import './look/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { keepFocus } from './client/focus';
import { SessionProvider } from './client/session';
import { startWorker } from './client/worker';
import { Pages, preload } from './pages/pages';
import { startWords } from './words';

await Promise.all([startWords(), preload(location.pathname)]);

const app = document.getElementById('app')!;
keepFocus(app);
createRoot(app).render(
  <StrictMode>
    <BrowserRouter>
      <SessionProvider>
        <Pages />
      </SessionProvider>
    </BrowserRouter>
  </StrictMode>,
);

startWorker();
